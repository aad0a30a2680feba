package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Saying;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a Unix cron line of five fields, each of numbers, {@code *}, {@code -}, {@code /} and commas. */
public final class CronLine {
    private record Field(String en, String zh, int from, int to) {}

    private static final List<Field> FIELDS = List.of(
            new Field("minute", "分", 0, 59),
            new Field("hour", "时", 0, 23),
            new Field("day of the month", "日", 1, 31),
            new Field("month", "月", 1, 12),
            new Field("day of the week", "星期", 0, 7));

    private CronLine() {}

    /** What is wrong and where; null when nothing is. */
    public static @Nullable Saying problem(String line) {
        String[] written = line.strip().split("\\s+");
        if (written.length != FIELDS.size())
            return new Saying(
                    "The cron line “%s” cannot be read: it has %d fields, not five (minute, hour, day of the month, month, day of the week). When shall it be?"
                            .formatted(line, written.length),
                    "无法读取 cron 表达式“%s”：它有 %d 个字段，应为五个（分、时、日、月、星期）。请问是什么时候？".formatted(line, written.length));
        for (int i = 0; i < written.length; i++) {
            Field field = FIELDS.get(i);
            for (String part : written[i].split(",", -1))
                if (!fits(part, field))
                    return new Saying(
                            "The cron line “%s” cannot be read: “%s” in field %d is no %s from %d to %d. When shall it be?"
                                    .formatted(line, part, i + 1, field.en(), field.from(), field.to()),
                            "无法读取 cron 表达式“%s”：第 %d 个字段（%s）中的“%s”不在 %d 到 %d 之间。请问是什么时候？"
                                    .formatted(line, i + 1, field.zh(), part, field.from(), field.to()));
        }
        return null;
    }

    private static boolean fits(String part, Field field) {
        String[] step = part.split("/", -1);
        if (step.length > 2 || step.length == 2 && number(step[1]) < 1) return false;
        if (step[0].equals("*")) return true;
        String[] range = step[0].split("-", -1);
        if (range.length > 2) return false;
        int first = number(range[0]);
        int last = number(range[range.length - 1]);
        return first >= field.from() && last <= field.to() && first <= last;
    }

    /** -1 for what is no number. */
    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }
}
