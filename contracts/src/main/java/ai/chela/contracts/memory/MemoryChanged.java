package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a {@link MemoryRequested}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MemoryChanged.Remembered.class, name = "remembered"),
    @JsonSubTypes.Type(value = MemoryChanged.Corrected.class, name = "corrected"),
    @JsonSubTypes.Type(value = MemoryChanged.Forgotten.class, name = "forgotten"),
    @JsonSubTypes.Type(value = MemoryChanged.Ambiguous.class, name = "ambiguous"),
    @JsonSubTypes.Type(value = MemoryChanged.NotFound.class, name = "not-found"),
    @JsonSubTypes.Type(value = MemoryChanged.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = MemoryChanged.Listed.class, name = "listed"),
    @JsonSubTypes.Type(value = MemoryChanged.Explained.class, name = "explained"),
    @JsonSubTypes.Type(value = MemoryChanged.LookedBack.class, name = "looked-back"),
    @JsonSubTypes.Type(value = MemoryChanged.Marked.class, name = "marked"),
    @JsonSubTypes.Type(value = MemoryChanged.Confirm.class, name = "confirm"),
    @JsonSubTypes.Type(value = MemoryChanged.ForgottenAll.class, name = "forgotten-all"),
    @JsonSubTypes.Type(value = MemoryChanged.Exported.class, name = "exported"),
    @JsonSubTypes.Type(value = MemoryChanged.Habits.class, name = "habits"),
    @JsonSubTypes.Type(value = MemoryChanged.LearningSet.class, name = "learning"),
    @JsonSubTypes.Type(value = MemoryChanged.Reviewed.class, name = "reviewed")
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
     * once), {@code memory.failed} (the request became a dead letter), {@code memory.private} (only where nobody else reads
     * along), {@code memory.past} (a time that is over), {@code memory.tags} (more tags than a memory may have), {@code
     * memory.held} (under legal hold).
     */
    record Refused(String callId, String code) implements MemoryChanged {
        public Refused {
            Check.text("callId", callId, 200);
            Check.text("code", code, 100);
        }
    }

    /**
     * {@code total} counts what the person may see; {@code facts} holds one page of it, at most 50, the newest first.
     *
     * @param page from 1, null for the first and only one
     * @param pages how many there are, null for one
     * @param tag what the listed ones are filed under, null where that was not asked for
     * @param preferences true where only preferences were asked for, null for no
     */
    record Listed(
            String callId,
            List<RecalledFact> facts,
            long total,
            @Nullable Integer page,
            @Nullable Integer pages,
            @Nullable String tag,
            @Nullable Boolean preferences)
            implements MemoryChanged {
        public Listed {
            Check.text("callId", callId, 200);
            facts = Check.list("facts", facts);
            if (tag != null) Check.text("tag", tag, 50);
        }

        /** A page of all. */
        public Listed(
                String callId, List<RecalledFact> facts, long total, @Nullable Integer page, @Nullable Integer pages) {
            this(callId, facts, total, page, pages, null, null);
        }

        /** One page is all. */
        public Listed(String callId, List<RecalledFact> facts, long total) {
            this(callId, facts, total, null, null);
        }
    }

    /**
     * Where a memory comes from.
     *
     * @param versions the current one first
     * @param recalls how often it was the answer
     * @param recalledAt when last, null for never
     */
    record Explained(
            String callId,
            List<RecalledFact> versions,
            long recalls,
            @Nullable Instant recalledAt) implements MemoryChanged {
        public Explained {
            Check.text("callId", callId, 200);
            versions = Check.list("versions", versions);
            if (versions.isEmpty()) throw new IllegalArgumentException("versions: empty");
        }
    }

    /**
     * What something was.
     *
     * @param now the current version
     * @param then the version that was asked for, null when there was none: never corrected, or not known yet at that time
     * @param at the time that was asked about, null for the version before the current one
     */
    record LookedBack(
            String callId,
            RecalledFact now,
            @Nullable RecalledFact then,
            @Nullable Instant at) implements MemoryChanged {
        public LookedBack {
            Check.text("callId", callId, 200);
            Check.present("now", now);
        }
    }

    /** How a memory is kept was changed; its text was not. */
    record Marked(String callId, RecalledFact fact, Mark mark) implements MemoryChanged {
        public Marked {
            Check.text("callId", callId, 200);
            Check.present("fact", fact);
            Check.present("mark", mark);
        }

        /** What was changed. */
        public enum Mark {
            PINNED,
            UNPINNED,
            EXPIRES,
            LASTS,
            TAGGED,
            UNTAGGED,
            SETTLED
        }
    }

    /** Nothing was forgotten yet: so many memories would be, when the person repeats it with this number. */
    record Confirm(String callId, long total) implements MemoryChanged {
        public Confirm {
            Check.text("callId", callId, 200);
        }
    }

    /** All that the person told in private is gone, and her habits. */
    record ForgottenAll(String callId, long total) implements MemoryChanged {
        public ForgottenAll {
            Check.text("callId", callId, 200);
        }
    }

    /**
     * One part of an export.
     *
     * @param lines JSON objects, a version each
     * @param next handle to go on after, null when this is the last part
     */
    record Exported(
            String callId, List<String> lines, @Nullable String next) implements MemoryChanged {
        public Exported {
            Check.text("callId", callId, 200);
            lines = Check.list("lines", lines);
            if (next != null) Check.text("next", next, 40);
        }
    }

    /** What the person asks for most, the most frequent first; empty as well while learning is off. */
    record Habits(String callId, List<Habit> habits) implements MemoryChanged {
        public Habits {
            Check.text("callId", callId, 200);
            habits = Check.list("habits", habits);
        }
    }

    /** Whether Chela learns from what the person says, and how many of her memories were learned so. */
    record LearningSet(String callId, boolean on, long learned) implements MemoryChanged {
        public LearningSet {
            Check.text("callId", callId, 200);
        }
    }

    /** What the last nightly review did with what the person may see; {@code at} null: there was none yet. */
    record Reviewed(String callId, @Nullable Instant at, List<ReviewNote> notes) implements MemoryChanged {
        public Reviewed {
            Check.text("callId", callId, 200);
            notes = Check.list("notes", notes);
        }
    }
}
