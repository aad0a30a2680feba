package ai.chela.agent.turn;

import ai.chela.agent.policy.Policy;
import ai.chela.agent.reply.Phrases;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine sees beside the turn itself.
 *
 * @param model name of the model that would be asked, null when none is configured
 * @param modelProblem what is wrong with the configuration of models, null when nothing is
 * @param repeatable names of the tools that are declared safe to repeat
 */
public record Surroundings(
        Instant now,
        Policy policy,
        @Nullable String model,
        @Nullable String modelProblem,
        Set<String> repeatable) {
    Phrases phrases(String language) {
        return Phrases.in(language);
    }
}
