/** What can be set. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler.config;
