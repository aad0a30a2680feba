package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Forms as sentences that a person can type: each gap filled. */
final class Examples {
    private static final Map<String, String> EN = Map.ofEntries(
            Map.entry("text", "check the backup"),
            Map.entry("phrase", "check the backup"),
            Map.entry("whether", "whether the backup ran"),
            Map.entry("question", "which database does staging use?"),
            Map.entry("query", "the staging database"),
            Map.entry("value", "db-18"),
            Map.entry("quoted", "\"check the backup\""),
            Map.entry("shell", "ls -la"),
            Map.entry("command", "check the disk"),
            Map.entry("when", "tomorrow at 9:00"),
            Map.entry("date", "2026-12-24"),
            Map.entry("time", "15:00"),
            Map.entry("length", "3 days"),
            Map.entry("interval", "5 minutes"),
            Map.entry("number", "200"),
            Map.entry("zone", "Tokyo"),
            Map.entry("url", "https://example.com/health"),
            Map.entry("handle", "t-1"),
            Map.entry("memory", "m-1"),
            Map.entry("expression", "12*7+3"),
            Map.entry("amount number", "3"),
            Map.entry("from zone", "Berlin"),
            Map.entry("from date", "2026-12-01"));
    private static final Map<String, String> ZH = Map.ofEntries(
            Map.entry("text", "检查备份"),
            Map.entry("phrase", "检查备份"),
            Map.entry("whether", "备份完成了没有"),
            Map.entry("question", "预发布用哪个数据库？"),
            Map.entry("query", "发布窗口"),
            Map.entry("value", "周五晚上十点"),
            Map.entry("quoted", "“检查备份”"),
            Map.entry("shell", "ls -la"),
            Map.entry("command", "检查磁盘"),
            Map.entry("when", "明天早上9点"),
            Map.entry("date", "2026年12月24日"),
            Map.entry("time", "15:00"),
            Map.entry("length", "3天"),
            Map.entry("interval", "5分钟"),
            Map.entry("number", "200"),
            Map.entry("zone", "东京"),
            Map.entry("url", "https://example.com/health"),
            Map.entry("handle", "t-1"),
            Map.entry("memory", "m-1"),
            Map.entry("expression", "12*7+3"),
            Map.entry("amount number", "3"),
            Map.entry("from zone", "柏林"),
            Map.entry("from date", "2026年12月1日"));

    private Examples() {}

    /** The form with what {@code known} gives for a slot type, and a usual value where it gives null. */
    static String of(Form form, Map<String, Domain.Choice> choices, Function<String, @Nullable String> known) {
        StringBuilder text = new StringBuilder();
        for (Form.Sample part : form.sample())
            switch (part) {
                case Form.Sample.Words(String words) -> text.append(words);
                case Form.Sample.Gap(String name, String type) -> {
                    String value = known.apply(type);
                    text.append(' ')
                            .append(value == null ? usual(form.language(), name, type, choices) : value)
                            .append(' ');
                }
            }
        String written = text.toString().strip().replaceAll("\\s+", " ").replaceAll(" ([,:;?])", "$1");
        return form.language().equals("zh")
                ? written.replaceAll("(?<=\\p{IsHan}) (?=[\\p{IsHan}0-9])|(?<=[0-9]) (?=\\p{IsHan})", "")
                : written;
    }

    private static String usual(String language, String name, String type, Map<String, Domain.Choice> choices) {
        Domain.Choice choice = choices.get(type);
        if (choice != null)
            for (Map<String, List<Utterance>> words : choice.values().values())
                if (words.get(language) instanceof List<Utterance> said && !said.isEmpty())
                    return said.getFirst().source();
        Map<String, String> usual = language.equals("zh") ? ZH : EN;
        String byName = usual.get(name + " " + type);
        return byName == null ? usual.getOrDefault(type, name) : byName;
    }
}
