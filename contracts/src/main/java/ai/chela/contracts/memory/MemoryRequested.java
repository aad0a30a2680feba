package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of memory, on behalf of the person in the envelope. Answered by one {@link MemoryChanged}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MemoryRequested.Remember.class, name = "remember"),
    @JsonSubTypes.Type(value = MemoryRequested.Correct.class, name = "correct"),
    @JsonSubTypes.Type(value = MemoryRequested.Forget.class, name = "forget"),
    @JsonSubTypes.Type(value = MemoryRequested.ForgetMatching.class, name = "forget-matching"),
    @JsonSubTypes.Type(value = MemoryRequested.ListAll.class, name = "list"),
    @JsonSubTypes.Type(value = MemoryRequested.Explain.class, name = "explain"),
    @JsonSubTypes.Type(value = MemoryRequested.LookBack.class, name = "look-back"),
    @JsonSubTypes.Type(value = MemoryRequested.Pin.class, name = "pin"),
    @JsonSubTypes.Type(value = MemoryRequested.Expire.class, name = "expire"),
    @JsonSubTypes.Type(value = MemoryRequested.Tag.class, name = "tag"),
    @JsonSubTypes.Type(value = MemoryRequested.Settle.class, name = "settle"),
    @JsonSubTypes.Type(value = MemoryRequested.ForgetAll.class, name = "forget-all"),
    @JsonSubTypes.Type(value = MemoryRequested.Export.class, name = "export"),
    @JsonSubTypes.Type(value = MemoryRequested.ShowHabits.class, name = "habits"),
    @JsonSubTypes.Type(value = MemoryRequested.Learning.class, name = "learning"),
    @JsonSubTypes.Type(value = MemoryRequested.ShowReview.class, name = "review")
})
public sealed interface MemoryRequested {
    String callId();

    /** Whether the conversation is a room: what is remembered there is seen by all of the tenant. */
    boolean room();

    /**
     * Keep a sentence exactly as it was said, at most 16,384 characters.
     *
     * @param origin what the sentence came from, null for the person's own word
     */
    record Remember(
            String callId,
            boolean room,
            String text,
            String saidBy,
            @Nullable MemoryOrigin origin) implements MemoryRequested {
        public Remember {
            Check.text("callId", callId, 200);
            Check.text("text", text, 16_384);
            Check.text("saidBy", saidBy, 200);
        }

        /** A person's own word. */
        public Remember(String callId, boolean room, String text, String saidBy) {
            this(callId, room, text, saidBy, null);
        }
    }

    /**
     * Supersede one memory.
     *
     * @param memoryId id of the fact that was just recalled, or a handle
     * @param value the new value ({@code db-18}), or the whole new sentence
     * @param origin what the value came from, null for the person's own word
     */
    record Correct(
            String callId,
            boolean room,
            String memoryId,
            String value,
            String saidBy,
            @Nullable MemoryOrigin origin) implements MemoryRequested {
        public Correct {
            Check.text("callId", callId, 200);
            Check.text("memoryId", memoryId, 100);
            Check.text("value", value, 16_384);
            Check.text("saidBy", saidBy, 200);
        }

        /** In the person's own words. */
        public Correct(String callId, boolean room, String memoryId, String value, String saidBy) {
            this(callId, room, memoryId, value, saidBy, null);
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

    /**
     * List what the person may see, newest first, at most 50.
     *
     * @param page from 1, null for the first
     * @param tag only what is filed under it, null for all
     * @param preferences only what says how the person wants things done, null for all
     */
    record ListAll(
            String callId,
            boolean room,
            @Nullable Integer page,
            @Nullable String tag,
            @Nullable Boolean preferences) implements MemoryRequested {
        public ListAll {
            Check.text("callId", callId, 200);
            if (page != null && page < 1) throw new IllegalArgumentException("page: from 1");
            if (tag != null) Check.text("tag", tag, 50);
        }

        /** The first page of all. */
        public ListAll(String callId, boolean room) {
            this(callId, room, null, null, null);
        }
    }

    /** Say where a memory comes from: who said it, where, when, its versions, how often it was recalled. */
    record Explain(String callId, boolean room, String memory) implements MemoryRequested {
        public Explain {
            Check.text("callId", callId, 200);
            Check.text("memory", memory, 100);
        }
    }

    /**
     * Say what something was before, or at a time.
     *
     * @param memory id or handle, null to look for it by {@code query}
     * @param query what is meant, in the person's own words, null when {@code memory} names it
     * @param at when; null for the version before the current one
     */
    record LookBack(
            String callId,
            boolean room,
            @Nullable String memory,
            @Nullable String query,
            @Nullable Instant at) implements MemoryRequested {
        public LookBack {
            Check.text("callId", callId, 200);
            if (memory != null) Check.text("memory", memory, 100);
            if (query != null) Check.text("query", query, 10_000);
        }
    }

    /** Keep a memory from decay and from the nightly review, or no longer. */
    record Pin(String callId, boolean room, String memory, boolean pinned) implements MemoryRequested {
        public Pin {
            Check.text("callId", callId, 200);
            Check.text("memory", memory, 100);
        }
    }

    /** Forget a memory for good at a time; {@code at} null: never. */
    record Expire(
            String callId,
            boolean room,
            String memory,
            @Nullable Instant at) implements MemoryRequested {
        public Expire {
            Check.text("callId", callId, 200);
            Check.text("memory", memory, 100);
        }
    }

    /** File a memory under a word, or no longer. */
    record Tag(String callId, boolean room, String memory, String tag, boolean on) implements MemoryRequested {
        public Tag {
            Check.text("callId", callId, 200);
            Check.text("memory", memory, 100);
            Check.text("tag", tag, 50);
        }
    }

    /** Of the memories that are in dispute, this one holds; the others become earlier versions of it. */
    record Settle(String callId, boolean room, String memory) implements MemoryRequested {
        public Settle {
            Check.text("callId", callId, 200);
            Check.text("memory", memory, 100);
        }
    }

    /**
     * Forget for good all that the person told in private, and her habits.
     *
     * @param confirmed how many memories the person was told that there are; null: asks first
     */
    record ForgetAll(String callId, boolean room, @Nullable Long confirmed) implements MemoryRequested {
        public ForgetAll {
            Check.text("callId", callId, 200);
        }
    }

    /**
     * All versions of what the person may see as JSON Lines, oldest memory first, as many as fit.
     *
     * @param after handle of the last memory of the part before, null for the first part
     */
    record Export(String callId, boolean room, @Nullable String after) implements MemoryRequested {
        public Export {
            Check.text("callId", callId, 200);
            if (after != null) Check.text("after", after, 40);
        }
    }

    /** What the person asks for, how often and when. */
    record ShowHabits(String callId, boolean room) implements MemoryRequested {
        public ShowHabits {
            Check.text("callId", callId, 200);
        }
    }

    /** Whether Chela learns from what the person says without being asked to; {@code on} null: only tell. */
    record Learning(String callId, boolean room, @Nullable Boolean on) implements MemoryRequested {
        public Learning {
            Check.text("callId", callId, 200);
        }
    }

    /** What the last nightly review did with what the person may see. */
    record ShowReview(String callId, boolean room) implements MemoryRequested {
        public ShowReview {
            Check.text("callId", callId, 200);
        }
    }
}
