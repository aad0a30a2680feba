/** What happens later: triggers by time and by event. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.schedule;
