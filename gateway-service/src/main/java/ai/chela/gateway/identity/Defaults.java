package ai.chela.gateway.identity;

import ai.chela.kit.file.YamlNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code chela.yaml} says for whoever has nothing of her own.
 *
 * @param zone IANA time zone
 * @param language {@code en} or {@code zh}
 */
record Defaults(String zone, String language) {
    private static final List<String> LANGUAGES = List.of("en", "zh");

    /** Of an installation that says nothing: the machine's zone, and English. */
    static Defaults ofMachine() {
        return new Defaults(ZoneId.systemDefault().getId(), "en");
    }

    /**
     * Reads the file; what it leaves out is as {@link #ofMachine}.
     *
     * @throws ai.chela.kit.file.ConfigProblem when anything in it is wrong
     */
    static Defaults read(@Nullable YamlNode root) {
        Defaults machine = ofMachine();
        if (root == null || root.isNull()) return machine;
        Map<String, YamlNode> fields = root.fields("zone", "language");
        String zone = zone(fields.get("zone"));
        String language = language(fields.get("language"));
        return new Defaults(zone == null ? machine.zone() : zone, language == null ? machine.language() : language);
    }

    /** A time zone, null where there is none. */
    static @Nullable String zone(@Nullable YamlNode node) {
        if (node == null || node.isNull()) return null;
        try {
            return ZoneId.of(node.text().strip()).getId();
        } catch (DateTimeException _) {
            throw node.problem("\"" + node.text()
                    + "\" is no time zone; allowed: an IANA name such as Europe/Berlin or Asia/Shanghai");
        }
    }

    /** A language, null where there is none. */
    static @Nullable String language(@Nullable YamlNode node) {
        if (node == null || node.isNull()) return null;
        String language = node.text().strip().toLowerCase(Locale.ROOT);
        if (language.equals("zh-cn")) return "zh";
        if (!LANGUAGES.contains(language))
            throw node.problem("\"" + node.text() + "\" is not allowed; allowed: " + String.join(", ", LANGUAGES));
        return language;
    }
}
