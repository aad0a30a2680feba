package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.agent.turn.OpenApproval;
import java.time.ZoneId;
import java.util.List;

/** What policy and people say of an operation. */
public interface ApprovalPhrases {
    String denied(Operation operation, String rule);

    /** What would be done, under which rule, and the exact words to type. */
    String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone);

    String approvalDenied(Call call);

    String approvalExpired(Call call, String code);

    /** It is approved, and goes on when the others are decided, too. {@code codes} are theirs. */
    String approvedOthersOpen(Operation operation, List<String> codes);

    /** The exact commands to type for what waits for this person, who is in {@code conversation}. */
    String approvalsOpen(List<OpenApproval> open, String conversation);

    /** No open approval has this code. */
    String approvalUnknown(String code, List<OpenApproval> open, String conversation);

    /** Why nothing is done any more. {@code state} is how it ended, e.g. {@code expired}. */
    String approvalClosed(String code, String state);

    String approvalNotYours(String code);

    /** The approval belongs to another conversation, where its result will be told. */
    String decidedElsewhere(String code, boolean approved, String conversation);
}
