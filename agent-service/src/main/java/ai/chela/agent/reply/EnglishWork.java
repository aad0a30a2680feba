package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;

/** Work under way. English. */
interface EnglishWork extends WorkPhrases {
    @Override
    default String stepModel(String model, int round) {
        return round == 1
                ? "Asking the model " + model + "."
                : "Giving the results to the model " + model + " (round " + round + ").";
    }

    @Override
    default String stepModelAgain(String model, int attempt) {
        return "The call of the model was interrupted; asking " + model + " again (attempt " + attempt + ").";
    }

    @Override
    default String stepRunning(List<Operation> operations) {
        return "Running " + Shown.lines(operations) + ".";
    }

    @Override
    default String stepAgain(Operation operation) {
        return "No answer from " + operation.name() + "; running it again, which is safe.";
    }

    @Override
    default String outcomeUnknown(Operation operation, String said) {
        return said + "\n\nWhat was tried:\n" + Shown.whole(operation);
    }

    @Override
    default String lateResult(Operation operation, String result) {
        return "The outcome that was unknown has come, for " + Shown.line(operation) + ":\n\n" + result;
    }
}
