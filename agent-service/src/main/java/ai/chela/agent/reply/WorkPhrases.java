package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;

/** What is said of work under way: steps that take a while, outcomes that nobody knows, results that come late. */
public interface WorkPhrases {
    /** A model is asked; in later rounds it is given what its tools gave. {@code round} from 1. */
    String stepModel(String model, int round);

    /** A model is asked the same again, because the process that had asked is gone. {@code attempt} from 2. */
    String stepModelAgain(String model, int attempt);

    String stepRunning(List<Operation> operations);

    /** A tool that is safe to repeat is requested again. */
    String stepAgain(Operation operation);

    /** What was tried, after {@code said}, which tells why nobody knows how it ended. */
    String outcomeUnknown(Operation operation, String said);

    /** The result of something whose outcome was told to be unknown. */
    String lateResult(Operation operation, String result);
}
