package ai.chela.agent.reply;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What memory-service answers. */
public interface MemoryPhrases {
    /**
     * How well a memory must fit a question to be offered where none answers it for sure. Three of four that are offered are the
     * right ones, of the questions about long conversations that memory is measured by; below it is one of two and fewer.
     */
    double CLOSE = 0.4;

    /** The memory to offer where none is certain; empty when even the best is too far off. */
    static Optional<RecalledFact> closest(List<RecalledFact> facts) {
        return facts.stream().filter(fact -> fact.score() >= CLOSE).findFirst();
    }

    String memory(MemoryChanged changed, ZoneId zone);

    String recalled(RecallCompleted recalled, ZoneId zone);

    /** What a search has found, the best first. */
    String found(List<RecalledFact> facts, ZoneId zone);
}
