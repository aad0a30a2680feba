/** When a trigger is due, and firing it once. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.due;
