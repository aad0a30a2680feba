package ai.chela.agent.planner;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sentences at a fixed time: Wednesday 18 November 2026, 10:15 where the person is. */
final class Sentences {
    static final Planner PLANNER = new Planner(withStandup());

    private Sentences() {}

    static List<Domain> withStandup() {
        List<Domain> domains = new java.util.ArrayList<>(Domains.builtIn());
        domains.add(good("standup.yaml", Domains.standupExample()));
        return domains;
    }

    static Domain good(String file, String yaml) {
        return switch (Domain.parse(file, yaml)) {
            case Domain.Good(Domain domain) -> domain;
            case Domain.Bad(List<Domain.Problem> problems) -> throw new AssertionError(problems);
        };
    }

    static Request request(String text, String language, Set<String> holds) {
        ZoneId zone = ZoneId.of(language.equals("zh") ? "Asia/Shanghai" : "Europe/Berlin");
        Instant now = LocalDateTime.of(2026, 11, 18, 10, 15).atZone(zone).toInstant();
        return new Request(text, zone, language, now, holds);
    }

    static Planned plan(String text, String language, String... holds) {
        return PLANNER.plan(request(text, language, Set.of(holds)));
    }

    /** "NOTHING", "QUESTION", or the operations with times in the person's zone. */
    static String shown(Planned planned, ZoneId zone) {
        return switch (planned) {
            case Planned.NotUnderstood _ -> "NOTHING";
            case Planned.Question _ -> "QUESTION";
            case Planned.Plan plan ->
                plan.operations().stream()
                        .map(operation -> operation.name() + args(operation.args(), zone))
                        .collect(Collectors.joining(" + "));
        };
    }

    private static String args(Map<String, Object> args, ZoneId zone) {
        if (args.isEmpty()) return "";
        return args.entrySet().stream()
                .map(arg -> arg.getKey() + "=" + value(arg.getValue(), zone))
                .collect(Collectors.joining(", ", " {", "}"));
    }

    private static String value(Object value, ZoneId zone) {
        if (!(value instanceof Map<?, ?> timing)) return String.valueOf(value).replace("\n", "\\n");
        String rest = switch (String.valueOf(timing.get("kind"))) {
            case "once" ->
                LocalDateTime.ofInstant(Instant.parse(String.valueOf(timing.get("at"))), zone)
                        .toString();
            case "every" -> String.valueOf(timing.get("interval"));
            case "weekly" -> days(timing.get("days")) + " " + timing.get("time");
            case "monthly" -> timing.get("day") + " " + timing.get("time");
            case "cron" -> String.valueOf(timing.get("expression"));
            default -> String.valueOf(timing.get("time"));
        };
        return timing.get("kind") + " " + rest;
    }

    private static String days(@Nullable Object days) {
        return days instanceof List<?> list
                ? list.stream().map(day -> String.valueOf(day).substring(0, 3)).collect(Collectors.joining("/"))
                : "";
    }
}
