package ai.chela.launcher.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was found about one thing.
 *
 * @param key its name in the JSON
 * @param title for people
 */
record Finding(String key, String title, List<Line> lines) {
    static Finding leftOut(String key, String title, String why) {
        return new Finding(key, title, List.of(new Line.LeftOut(why)));
    }

    /** Whether every message had its answer; how long that took does not matter. */
    boolean sound() {
        return lines.stream().allMatch(line -> switch (line) {
            case Line.Sent(int _, int lost, int failed, int _) -> lost + failed == 0;
            case Line.Broken _ -> false;
            case Line.Spread _, Line.Value _, Line.Shares _, Line.Table _, Line.Note _, Line.LeftOut _ -> true;
        });
    }

    /** All goals, in order. */
    List<Goal> goals() {
        return lines.stream()
                .flatMap(line -> switch (line) {
                    case Line.Spread spread -> spread.goals().stream();
                    case Line.Value value -> value.goals().stream();
                    case Line.Shares shares -> shares.goals().stream();
                    case Line.Table table -> table.rows().stream().flatMap(it -> it.goals().stream());
                    case Line.Sent _, Line.Note _, Line.LeftOut _, Line.Broken _ -> Stream.<Goal>empty();
                })
                .toList();
    }
}
