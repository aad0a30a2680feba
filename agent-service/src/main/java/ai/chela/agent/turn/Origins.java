package ai.chela.agent.turn;

import ai.chela.agent.operation.Doer;
import ai.chela.contracts.memory.MemoryOrigin;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * What a text that is to be remembered came from. A model's call counts as the person's own word only where the words are
 * hers: they stand in the message that she typed.
 */
final class Origins {
    /** A longer message holds pasted text, and what is in it is not hers for that. */
    private static final int LONGEST_TYPED = 1_000;

    private Origins() {}

    static MemoryOrigin of(Call call, TurnState state, TurnInput input) {
        if (call.modelCallId() == null) return MemoryOrigin.SAID;
        String text = text(call);
        if (!text.isEmpty()
                && input.text().length() <= LONGEST_TYPED
                && plain(input.text()).contains(text)) return MemoryOrigin.SAID;
        return calls(state).stream().anyMatch(Origins::toldByTool) ? MemoryOrigin.TOOL : MemoryOrigin.MODEL;
    }

    private static String text(Call call) {
        Object text = call.operation()
                .args()
                .getOrDefault("text", call.operation().args().get("value"));
        return text == null ? "" : plain(String.valueOf(text));
    }

    private static boolean toldByTool(Call call) {
        return Doer.of(call.operation().name()) == Doer.TOOL && call.result() != null;
    }

    private static List<Call> calls(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> List.of();
            case TurnState.Working(Progress progress) -> progress.calls();
            case TurnState.Thinking(Progress progress, int _) -> progress.calls();
            case TurnState.Parked(Progress progress) -> progress.calls();
            case TurnState.Finished(Progress progress) -> progress.calls();
        };
    }

    /** Width, case, spaces and the final point make no difference. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip()
                .replaceFirst("[.!。]+$", "");
    }
}
