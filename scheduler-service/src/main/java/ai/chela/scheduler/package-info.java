/** Acts later: triggers by time, and watches of addresses. */
@org.jspecify.annotations.NullMarked
package ai.chela.scheduler;
