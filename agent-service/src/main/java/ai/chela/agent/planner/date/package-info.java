/** Times, dates and repetitions in English and Chinese, onto strict {@code java.time}. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.planner.date;
