package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The outcome of a {@link MemoryRequested}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MemoryChanged.Remembered.class, name = "remembered"),
    @JsonSubTypes.Type(value = MemoryChanged.Corrected.class, name = "corrected"),
    @JsonSubTypes.Type(value = MemoryChanged.Forgotten.class, name = "forgotten"),
    @JsonSubTypes.Type(value = MemoryChanged.Ambiguous.class, name = "ambiguous"),
    @JsonSubTypes.Type(value = MemoryChanged.NotFound.class, name = "not-found"),
    @JsonSubTypes.Type(value = MemoryChanged.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = MemoryChanged.Listed.class, name = "listed")
})
public sealed interface MemoryChanged {
    String callId();

    /** {@code known}: the very same sentence was there already, and is now confirmed. */
    record Remembered(String callId, RecalledFact fact, boolean known) implements MemoryChanged {
        public Remembered {
            Check.text("callId", callId, 200);
            Check.present("fact", fact);
        }
    }

    record Corrected(String callId, RecalledFact before, RecalledFact after) implements MemoryChanged {
        public Corrected {
            Check.text("callId", callId, 200);
            Check.present("before", before);
            Check.present("after", after);
        }
    }

    /** These are gone; their texts are shown this one last time. */
    record Forgotten(String callId, List<RecalledFact> facts) implements MemoryChanged {
        public Forgotten {
            Check.text("callId", callId, 200);
            facts = Check.list("facts", facts);
        }
    }

    /** Nothing was forgotten: several memories fit. */
    record Ambiguous(String callId, List<RecalledFact> facts) implements MemoryChanged {
        public Ambiguous {
            Check.text("callId", callId, 200);
            facts = Check.list("facts", facts);
        }
    }

    record NotFound(String callId) implements MemoryChanged {
        public NotFound {
            Check.text("callId", callId, 200);
        }
    }

    /**
     * Not done. {@code code} is stable: {@code memory.secret}, {@code memory.quota}, {@code memory.not-yours}, {@code
     * memory.unreadable} (no text that a person could read), {@code memory.too-long}, {@code memory.too-many} (to forget at
     * once), {@code memory.failed} (the request became a dead letter).
     */
    record Refused(String callId, String code) implements MemoryChanged {
        public Refused {
            Check.text("callId", callId, 200);
            Check.text("code", code, 100);
        }
    }

    /** {@code total} counts what the person may see; {@code facts} holds the newest 50. */
    record Listed(String callId, List<RecalledFact> facts, long total) implements MemoryChanged {
        public Listed {
            Check.text("callId", callId, 200);
            facts = Check.list("facts", facts);
        }
    }
}
