@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.due;
