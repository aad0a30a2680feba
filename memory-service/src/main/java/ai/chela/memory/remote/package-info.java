/** What every connection to a service of the operator's needs. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.remote;
