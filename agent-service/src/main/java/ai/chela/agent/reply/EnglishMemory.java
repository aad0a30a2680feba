package ai.chela.agent.reply;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

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
            case MemoryChanged.NotFound _ -> "I remember nothing like that, so there was nothing to change.";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed(String _, List<RecalledFact> facts, long total) ->
                facts.isEmpty()
                        ? "I remember nothing for you yet. Say: remember that ..."
                        : "I remember " + total + (total == 1 ? " thing:\n" : " things:\n") + quoted(facts, zone);
        };
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
            default -> "Memory refused that (" + code + ").";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + ": \"" + fact.text() + "\" (" + fact.saidBy() + ", "
                        + Times.english(fact.saidAt(), zone) + ")")
                .collect(Collectors.joining("\n"));
    }

    @Override
    default String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return "I do not know that: nothing that I remember answers it.";
        RecalledFact fact = recalled.facts().getFirst();
        return "\"" + fact.text() + "\"\n" + fact.saidBy() + " said so on " + Times.english(fact.saidAt(), zone) + " ("
                + fact.handle() + ").";
    }
}
