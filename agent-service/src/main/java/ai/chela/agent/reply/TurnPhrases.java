package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of a turn itself: what it does by itself, its model, and services that do not answer. */
public interface TurnPhrases {
    /**
     * Nothing but a model could answer, and none is configured (or it is configured wrongly).
     *
     * @param telling whether the message tells something of the person herself, from which memory may learn: whether it does is
     *     known only after this was said
     */
    String needsModel(
            @Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem, boolean telling);

    /** The reply of an operation that this service does by itself: {@code agent.greet} and the like. */
    String local(String operation);

    /** A preference was changed: {@code settings.*}. */
    String preferred(Operation operation);

    String stopped();

    String broken();

    String modelLost();

    String modelEmpty();

    String modelCircles(int rounds);

    /** What went wrong with a model, by the code of its failure. */
    String modelFailure(String code, String model, String detail);

    /** A service did not answer; {@code stands}: the change is stored and will be made when it is back. */
    String serviceSilent(String service, boolean stands);

    /** tool-runner did not answer in time. */
    String toolSilent(Operation operation);

    /** Where to look for what comes later, in a conversation that it cannot reach. */
    String laterArrives(String where);
}
