/** Log lines as JSON. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.log;
