package ai.chela.agent.reply;

import ai.chela.contracts.memory.Habit;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What memory-service answers. English. */
interface EnglishMemory extends MemoryPhrases {
    @Override
    default String memory(MemoryChanged changed, ZoneId zone) {
        return switch (changed) {
            case MemoryChanged.Remembered(String _, RecalledFact fact, boolean known) ->
                (known ? "I knew that already (" : "Remembered (") + fact.handle() + "): \"" + fact.text() + "\""
                        + (fact.scope().equals("person") ? "\nOnly you can recall it." : "");
            case MemoryChanged.Corrected(String _, RecalledFact before, RecalledFact after) ->
                "Corrected (" + after.handle() + ").\nBefore: \"" + before.text() + "\"\nNow: \"" + after.text() + "\"";
            case MemoryChanged.Forgotten(String _, List<RecalledFact> facts) ->
                "Forgotten for good:\n" + quoted(facts, zone);
            case MemoryChanged.Ambiguous(String _, List<RecalledFact> facts) ->
                "Several memories fit, so I forgot none:\n" + quoted(facts, zone) + "\nSay which, e.g. \"forget "
                        + facts.getFirst().handle() + "\".";
            case MemoryChanged.NotFound _ -> "I remember nothing like that.";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed listed -> listed(listed, zone);
            case MemoryChanged.Explained explained -> explained(explained, zone);
            case MemoryChanged.LookedBack back -> lookedBack(back, zone);
            case MemoryChanged.Marked(String _, RecalledFact fact, MemoryChanged.Marked.Mark mark) ->
                marked(mark, fact, zone);
            case MemoryChanged.Confirm(String _, long total) ->
                "This would forget for good all " + total + " memories that you told me in private, and your habits."
                        + " To do it, send: /memory forget all " + total;
            case MemoryChanged.ForgottenAll(String _, long total) ->
                "Forgotten for good: all " + total + " memories that you told me in private, and your habits.";
            case MemoryChanged.Exported(String _, List<String> lines, String next) -> exported(lines, next);
            case MemoryChanged.Habits(String _, List<Habit> habits) -> habits(habits, zone);
            case MemoryChanged.LearningSet(String _, boolean on, long learned) -> learning(on, learned);
            case MemoryChanged.Reviewed(String _, Instant at, List<ReviewNote> notes) -> reviewed(at, notes, zone);
        };
    }

    private static String listed(MemoryChanged.Listed listed, ZoneId zone) {
        if (listed.total() == 0) return nothingListed(listed);
        int pages = listed.pages() == null ? 1 : listed.pages();
        int page = listed.page() == null ? 1 : listed.page();
        String where = pages == 1 ? "" : " (page " + page + " of " + pages + ")";
        String next = page < pages ? "\nMore: /memory list " + (page + 1) : "";
        return what(listed) + where + ":\n" + quoted(listed.facts(), zone) + next;
    }

    private static String nothingListed(MemoryChanged.Listed listed) {
        if (Boolean.TRUE.equals(listed.preferences()))
            return "I know of no preferences of yours. Say, for example: I prefer short answers.";
        return listed.tag() == null
                ? "I remember nothing for you yet. Say: remember that ..."
                : "Nothing is filed under \"" + listed.tag() + "\".";
    }

    private static String what(MemoryChanged.Listed listed) {
        long total = listed.total();
        if (Boolean.TRUE.equals(listed.preferences()))
            return total == 1 ? "I know of one preference of yours" : "I know of " + total + " preferences of yours";
        return "I remember " + total + (total == 1 ? " thing" : " things")
                + (listed.tag() == null ? "" : " filed under \"" + listed.tag() + "\"");
    }

    private static String explained(MemoryChanged.Explained explained, ZoneId zone) {
        RecalledFact now = explained.versions().getFirst();
        List<String> lines = new ArrayList<>();
        lines.add(now.handle() + ": \"" + now.text() + "\"");
        lines.add(saidEnglish(now, zone)
                + (now.scope().equals("person")
                        ? " Told in private: only you can recall it."
                        : " Told in a room: everybody can recall it."));
        Provenance provenance = now.provenance();
        if (provenance != null) {
            lines.add("Trust: " + Math.round(provenance.trust() * 100) + " %. Holds since "
                    + Times.english(provenance.validFrom(), zone) + "." + kept(provenance, zone));
        }
        Instant last = explained.recalledAt();
        lines.add(
                last == null
                        ? "It was not the answer to a question yet."
                        : "It was the answer " + explained.recalls() + (explained.recalls() == 1 ? " time" : " times")
                                + ", last on " + Times.english(last, zone) + ".");
        for (RecalledFact version :
                explained.versions().subList(1, explained.versions().size()))
            lines.add("Before: \"" + version.text() + "\" (" + version.saidBy() + ", "
                    + Times.english(version.saidAt(), zone) + ")");
        return String.join("\n", lines);
    }

    private static String kept(Provenance provenance, ZoneId zone) {
        Instant expires = provenance.expiresAt();
        return (provenance.pinned() ? " Pinned." : "")
                + (expires == null ? "" : " Is forgotten on " + Times.english(expires, zone) + ".")
                + (provenance.tags().isEmpty() ? "" : " Filed under " + String.join(", ", provenance.tags()) + ".")
                + (provenance.disputed() ? " Another memory says otherwise." : "");
    }

    private static String lookedBack(MemoryChanged.LookedBack back, ZoneId zone) {
        RecalledFact then = back.then();
        Instant at = back.at();
        String now = "\nNow: \"" + back.now().text() + "\" (" + back.now().handle() + ")";
        if (then == null && at != null) return "I did not know that yet on " + Times.english(at, zone) + "." + now;
        if (then == null)
            return "It was nothing else before, as far as I know: \""
                    + back.now().text() + "\" was never corrected ("
                    + back.now().handle() + ").";
        Provenance provenance = then.provenance();
        Instant until = provenance == null ? null : provenance.validTo();
        String held = until == null ? "" : "\nIt held until " + Times.english(until, zone) + ".";
        return "\"" + then.text() + "\"\n" + saidEnglish(then, zone) + held
                + (then.id().equals(back.now().id()) ? "" : now);
    }

    private static String marked(MemoryChanged.Marked.Mark mark, RecalledFact fact, ZoneId zone) {
        String which = " (" + fact.handle() + "): \"" + fact.text() + "\"";
        Provenance provenance = fact.provenance();
        return switch (mark) {
            case PINNED -> "Pinned" + which;
            case UNPINNED -> "No longer pinned" + which;
            case EXPIRES -> {
                Instant at = provenance == null ? null : provenance.expiresAt();
                yield "Will be forgotten for good" + (at == null ? "" : " on " + Times.english(at, zone)) + which;
            }
            case LASTS -> "Kept without a time limit" + which;
            case TAGGED, UNTAGGED ->
                (provenance == null || provenance.tags().isEmpty()
                                ? "Filed under nothing now"
                                : "Filed under " + String.join(", ", provenance.tags()))
                        + which;
            case SETTLED -> "Settled, this holds" + which;
        };
    }

    private static String exported(List<String> lines, @Nullable String next) {
        if (lines.isEmpty()) return "There is nothing to export.";
        return "```\n" + String.join("\n", lines) + "\n```"
                + (next == null ? "" : "\nThere is more: /memory export " + next);
    }

    private static String habits(List<Habit> habits, ZoneId zone) {
        if (habits.isEmpty())
            return "I have not noticed any habits of yours. Switch this on or off: /memory learning on|off";
        return "What you ask for most (I count what was done and when, never your words):\n"
                + habits.stream()
                        .map(habit -> "- " + habit.operation() + ": " + habit.count()
                                + (habit.count() == 1 ? " time" : " times") + ", mostly " + hours(habit) + ", last on "
                                + Times.english(habit.lastAt(), zone))
                        .collect(Collectors.joining("\n"))
                + "\nTo forget them: /memory forget all. To stop counting: /memory learning off";
    }

    private static String hours(Habit habit) {
        String days = Hours.days(habit).stream()
                .map(day -> DayOfWeek.of(day + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .collect(Collectors.joining(", "));
        String hours = Hours.of(habit).stream()
                .map(hour -> "%02d-%02dh".formatted(hour, hour + 1))
                .collect(Collectors.joining(", "));
        return days + " at " + hours;
    }

    private static String learning(boolean on, long learned) {
        String has = learned == 0
                ? " Nothing that I remember for you was learned so."
                : " Learned so far: " + learned + " (marked in /memory; forget one by its handle).";
        return (on
                        ? "Learning is on: what you say of yourself in private, such as \"my name is ...\" or \"I prefer"
                                + " ...\", I keep as learned. Where a model is set up it may pick more from your words, and"
                                + " what it picked is marked so. And I count what you ask for."
                        : "Learning is off: I keep only what you tell me to remember.")
                + has
                + (on ? " To switch it off: /memory learning off" : " To switch it on: /memory learning on");
    }

    private static String reviewed(@Nullable Instant at, List<ReviewNote> notes, ZoneId zone) {
        if (at == null) return "Your memories were not reviewed yet; that is done every night.";
        String when = "Last reviewed on " + Times.english(at, zone) + ". ";
        if (notes.isEmpty()) return when + "There was nothing to do.";
        return when + "\n"
                + notes.stream()
                        .map(note -> switch (note.what()) {
                            case MERGED ->
                                "- " + note.other() + " said the same as " + note.memory() + ": they are one now.";
                            case CLOSED ->
                                "- " + note.memory() + " took the place of " + note.other()
                                        + ", which said otherwise before.";
                            case DISPUTED ->
                                "- " + note.memory() + " and " + note.other()
                                        + " contradict each other. Say which holds:" + " /memory settle "
                                        + note.memory();
                        })
                        .collect(Collectors.joining("\n"));
    }

    private static String refusedMemory(String code) {
        return switch (code) {
            case "memory.secret" ->
                "Not remembered: that looks like a password or a key. Secrets belong in a secret store, not in memory.";
            case "memory.quota" -> "Not remembered: your memory is full. Forget something first (/memory).";
            case "memory.not-yours" -> "Not done: that memory belongs to somebody else.";
            case "memory.unreadable" -> "Not remembered: the text holds control characters.";
            case "memory.too-long" -> "Not remembered: that is too long. A memory has at most 16,384 characters.";
            case "memory.too-many" -> "Not done: at most 200 memories can be named at once.";
            case "memory.failed" -> "That failed inside memory-service; the cause is kept as a dead letter.";
            case "memory.private" -> "Not here: others read along. Ask me in a conversation of your own.";
            case "memory.past" -> "Not done: that time is over. Name one that is ahead, e.g. in 30 days.";
            case "memory.tags" -> "Not done: a memory has at most 20 tags.";
            case "memory.held" ->
                "Not done: it is under legal hold, and nothing of it may be erased. Ask who runs Chela.";
            default -> "Memory refused that (" + code + ").";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + ": \"" + fact.text() + "\" (" + fact.saidBy() + ", "
                        + Times.english(fact.saidAt(), zone) + ")" + marks(fact))
                .collect(Collectors.joining("\n"));
    }

    private static String marks(RecalledFact fact) {
        Provenance provenance = fact.provenance();
        if (provenance == null) return "";
        List<String> marks = new ArrayList<>();
        switch (provenance.origin()) {
            case SAID -> {}
            case LEARNED -> marks.add("learned");
            case PICKED -> marks.add("picked by a model");
            case MODEL -> marks.add("in a model's words");
            case TOOL -> marks.add("from a tool");
        }
        if (provenance.pinned()) marks.add("pinned");
        if (provenance.expiresAt() != null) marks.add("expires");
        if (provenance.disputed()) marks.add("in dispute");
        provenance.tags().forEach(tag -> marks.add("#" + tag));
        return marks.isEmpty() ? "" : " [" + String.join(", ", marks) + "]";
    }

    /** Only a person's own word is said to be hers. */
    private static String saidEnglish(RecalledFact fact, ZoneId zone) {
        Provenance provenance = fact.provenance();
        MemoryOrigin origin = provenance == null ? MemoryOrigin.SAID : provenance.origin();
        String when = Times.english(fact.saidAt(), zone) + " (" + fact.handle() + ").";
        return switch (origin) {
            case SAID -> fact.saidBy() + " said so on " + when;
            case LEARNED -> "I learned that from what " + fact.saidBy() + " said on " + when;
            case PICKED -> "A model picked that, word by word, from what " + fact.saidBy() + " said on " + when;
            case MODEL -> "A model put it so in a conversation with " + fact.saidBy() + " on " + when;
            case TOOL -> "A tool or a page said so in a conversation with " + fact.saidBy() + " on " + when;
        };
    }

    @Override
    default String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return unsure(recalled.facts(), zone);
        RecalledFact fact = recalled.facts().getFirst();
        return "\"" + fact.text() + "\"\n" + saidEnglish(fact, zone) + disputed(recalled.facts(), zone);
    }

    private static String unsure(List<RecalledFact> facts, ZoneId zone) {
        return MemoryPhrases.closest(facts)
                .map(fact ->
                        "I do not know that for sure. The closest that I remember, which may be about something else:\n"
                                + quoted(List.of(fact), zone))
                .orElse("I do not know that: nothing that I remember answers it.");
    }

    private static String disputed(List<RecalledFact> facts, ZoneId zone) {
        if (!isDisputed(facts.getFirst())) return "";
        List<RecalledFact> others =
                facts.stream().skip(1).takeWhile(EnglishMemory::isDisputed).toList();
        if (others.isEmpty()) return "";
        return "\nOtherwise:\n" + quoted(others, zone) + "\nWhich one holds? Send: /memory settle "
                + facts.getFirst().handle() + " (or " + others.getFirst().handle() + "). If both do, pin them.";
    }

    private static boolean isDisputed(RecalledFact fact) {
        return fact.provenance() != null && fact.provenance().disputed();
    }

    @Override
    default String found(List<RecalledFact> facts, ZoneId zone) {
        return facts.isEmpty()
                ? "I found nothing like that."
                : "The best " + facts.size() + ":\n" + quoted(facts, zone);
    }
}
