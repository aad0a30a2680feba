/** The topics that the tool-runner reads and writes. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.kafka;
