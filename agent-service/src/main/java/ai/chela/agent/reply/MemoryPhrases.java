package ai.chela.agent.reply;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import java.time.ZoneId;

/** What memory-service answers. */
public interface MemoryPhrases {
    String memory(MemoryChanged changed, ZoneId zone);

    String recalled(RecallCompleted recalled, ZoneId zone);
}
