/** Asking an address at an interval, and telling when its answer turns bad or good. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.watch;
