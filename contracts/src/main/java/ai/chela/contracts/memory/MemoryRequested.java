package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A change of memory, on behalf of the person in the envelope. Answered by one {@link MemoryChanged}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MemoryRequested.Remember.class, name = "remember"),
    @JsonSubTypes.Type(value = MemoryRequested.Correct.class, name = "correct"),
    @JsonSubTypes.Type(value = MemoryRequested.Forget.class, name = "forget"),
    @JsonSubTypes.Type(value = MemoryRequested.ForgetMatching.class, name = "forget-matching"),
    @JsonSubTypes.Type(value = MemoryRequested.ListAll.class, name = "list")
})
public sealed interface MemoryRequested {
    String callId();

    /** Whether the conversation is a room: what is remembered there is seen by all of the tenant. */
    boolean room();

    /** Keep a sentence exactly as it was said, at most 16,384 characters. */
    record Remember(String callId, boolean room, String text, String saidBy) implements MemoryRequested {
        public Remember {
            Check.text("callId", callId, 200);
            Check.text("text", text, 16_384);
            Check.text("saidBy", saidBy, 200);
        }
    }

    /**
     * Supersede one memory.
     *
     * @param memoryId id of the fact that was just recalled
     * @param value the new value ({@code db-18}), or the whole new sentence
     */
    record Correct(String callId, boolean room, String memoryId, String value, String saidBy)
            implements MemoryRequested {
        public Correct {
            Check.text("callId", callId, 200);
            Check.text("memoryId", memoryId, 100);
            Check.text("value", value, 16_384);
            Check.text("saidBy", saidBy, 200);
        }
    }

    /** Forget these for good, by id or handle. */
    record Forget(String callId, boolean room, List<String> memories) implements MemoryRequested {
        public Forget {
            Check.text("callId", callId, 200);
            memories = Check.list("memories", memories);
            if (memories.isEmpty()) throw new IllegalArgumentException("memories: empty");
        }
    }

    /** Forget the one memory that clearly answers the question; when several do, forget none and list them. */
    record ForgetMatching(String callId, boolean room, String query) implements MemoryRequested {
        public ForgetMatching {
            Check.text("callId", callId, 200);
            Check.text("query", query, 10_000);
        }
    }

    /** List what the person may see, newest first, at most 50. */
    record ListAll(String callId, boolean room) implements MemoryRequested {
        public ListAll {
            Check.text("callId", callId, 200);
        }
    }
}
