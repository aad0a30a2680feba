package ai.chela.agent.planner.grammar;

import java.util.Map;

/** How slots are called when a form is shown in Chinese; a name without an entry is shown as it is. */
final class SlotLabels {
    private static final Map<String, String> ZH = Map.ofEntries(
            Map.entry("when", "时间"),
            Map.entry("text", "内容"),
            Map.entry("query", "内容"),
            Map.entry("question", "问题"),
            Map.entry("command", "命令"),
            Map.entry("handle", "编号"),
            Map.entry("handles", "编号"),
            Map.entry("parts", "项目"),
            Map.entry("expression", "算式"),
            Map.entry("url", "网址"),
            Map.entry("interval", "间隔"),
            Map.entry("zone", "城市"),
            Map.entry("from", "起"),
            Map.entry("to", "止"),
            Map.entry("date", "日期"),
            Map.entry("time", "时刻"),
            Map.entry("value", "内容"),
            Map.entry("language", "语言"));

    private SlotLabels() {}

    static String zh(String name) {
        return ZH.getOrDefault(name, name);
    }
}
