package ai.chela.agent.reply;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import java.time.ZoneId;
import java.util.List;

/** What memory-service answers. */
public interface MemoryPhrases {
    String memory(MemoryChanged changed, ZoneId zone);

    String recalled(RecallCompleted recalled, ZoneId zone);

    /** What a search has found, the best first. */
    String found(List<RecalledFact> facts, ZoneId zone);
}
