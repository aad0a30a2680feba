@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.kafka;
