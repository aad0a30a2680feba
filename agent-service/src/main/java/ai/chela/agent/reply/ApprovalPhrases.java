package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What policy and people say of an operation. */
public interface ApprovalPhrases {
    String denied(Operation operation, String rule);

    /** What would be done, under which rule, and the exact words to type. */
    String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone);

    String approvalDenied(Call call);

    String approvalExpired(Call call, String code);

    String approvalUnknown(@Nullable String code, List<String> open);

    String approvalClosed(String code, String state);

    String approvalNotYours(String code);

    /** The approval belongs to another conversation, where its result will be told. */
    String decidedElsewhere(String code, boolean approved, String conversation);
}
