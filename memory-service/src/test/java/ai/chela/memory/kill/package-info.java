/** Processes that tests kill. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.kill;
