/** Triggers: made, paused, resumed, cancelled, run now, listed. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.trigger;
