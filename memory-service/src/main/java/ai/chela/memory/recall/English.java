package ai.chela.memory.recall;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** English words: which say nothing, which say little, and what they are reduced to. */
final class English {
    /** Words that carry no content, question words included. */
    private static final Set<String> STOP = words(
            "a an the this that these those it its he she they them his her their him i me my mine we us our ours you your"
                    + " yours is are was were be been being am do does did done doing has have had having will would"
                    + " shall should can could may might must of to in on at by for from with about into over under"
                    + " as and or but if then than so not no nor only also just too very what which who whom whose"
                    + " when where why how there here any some all each both such same please tell know remember"
                    + " recall remind say said does again now currently today actually exactly again s t re ve ll d"
                    + " many much long often old go goes going let lets got get gets");

    /** Words that go with almost anything: a match in one of these alone is no answer. */
    private static final Set<String> WEAK =
            words("use run need want like take make give put set work thing stuff way one"
                    + " name call time day week month year date number place person people new good best currently live"
                    + " keep find look see come happen belong mean send own sit");

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("db", "database"),
            Map.entry("prod", "production"),
            Map.entry("env", "environment"),
            Map.entry("repo", "repository"),
            Map.entry("k8s", "kubernetes"),
            Map.entry("manager", "manage"),
            Map.entry("owner", "own"),
            Map.entry("writer", "write"),
            Map.entry("config", "configuration"),
            Map.entry("doc", "documentation"),
            Map.entry("favourite", "favorite"),
            Map.entry("fav", "favorite"),
            Map.entry("colour", "color"),
            Map.entry("telephone", "phone"),
            Map.entry("mobile", "phone"),
            Map.entry("bday", "birthday"),
            Map.entry("boss", "manage"),
            Map.entry("cellphone", "phone"),
            Map.entry("mail", "email"),
            Map.entry("meet", "meeting"),
            Map.entry("deployment", "deploy"),
            Map.entry("held", "hold"),
            Map.entry("ran", "run"),
            Map.entry("kept", "keep"),
            Map.entry("sent", "send"),
            Map.entry("paid", "pay"),
            Map.entry("wrote", "write"),
            Map.entry("written", "write"),
            Map.entry("bought", "buy"),
            Map.entry("used", "use"),
            Map.entry("using", "use"));

    /** Words written in several ways, as two or as one. */
    private static final Map<Pattern, String> ONE_WORD = Map.of(
            Pattern.compile("\\bon[- ]call\\b"), "oncall",
            Pattern.compile("\\bstand[- ]ups?\\b"), "standup",
            Pattern.compile("\\bwi-fi\\b"), "wifi",
            Pattern.compile("\\be-mail"), "email");

    private English() {}

    /** Writes the words of {@link #ONE_WORD} as one. */
    static String joined(String normalized) {
        String text = normalized;
        for (var word : ONE_WORD.entrySet()) text = word.getKey().matcher(text).replaceAll(word.getValue());
        return text;
    }

    private static Set<String> words(String list) {
        return new HashSet<>(Arrays.asList(list.split(" ")));
    }

    static boolean isStop(String word) {
        return STOP.contains(word);
    }

    static boolean isWeak(String stem) {
        return WEAK.contains(stem);
    }

    /** The form in which inflected words meet: plural, -ing, -ed, final e, and a few words that mean the same. */
    static String stem(String word) {
        String known = SAME.get(word);
        if (known != null) return ending(singular(known));
        if (!word.chars().allMatch(c -> c >= 'a' && c <= 'z')) return word;
        String singular = singular(word);
        String same = SAME.getOrDefault(singular, singular);
        return ending(same);
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) return word.substring(0, word.length() - 3) + "y";
        if (word.length() > 4 && endsWithAny(word, "sses", "xes", "ches", "shes"))
            return word.substring(0, word.length() - 2);
        if (word.length() > 3 && word.endsWith("s") && !endsWithAny(word, "ss", "us", "is"))
            return word.substring(0, word.length() - 1);
        return word;
    }

    private static boolean endsWithAny(String word, String... endings) {
        for (String ending : endings) if (word.endsWith(ending)) return true;
        return false;
    }

    private static String ending(String word) {
        String stem = word;
        if (word.length() > 5 && word.endsWith("ing")) stem = undoubled(word.substring(0, word.length() - 3));
        else if (word.length() > 4 && word.endsWith("ed")) stem = undoubled(word.substring(0, word.length() - 2));
        return stem.length() > 3 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
    }

    private static String undoubled(String stem) {
        int end = stem.length() - 1;
        boolean doubled = end > 1 && stem.charAt(end) == stem.charAt(end - 1) && "lsz".indexOf(stem.charAt(end)) < 0;
        return doubled ? stem.substring(0, end) : stem;
    }
}
