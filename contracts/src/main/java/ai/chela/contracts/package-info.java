/** What every message has around it, and the list of topics. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts;
