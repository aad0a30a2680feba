package ai.chela.agent.turn;

import ai.chela.agent.planner.Operation;

/**
 * Something that waits for a person's decision.
 *
 * @param code what is typed after {@code /approve}
 * @param operation what would be done
 * @param conversation where it was asked
 */
public record OpenApproval(String code, Operation operation, String conversation) {}
