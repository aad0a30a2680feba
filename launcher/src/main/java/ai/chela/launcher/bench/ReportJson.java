package ai.chela.launcher.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The findings for programs: an object per finding, by its key. */
final class ReportJson {
    private ReportJson() {}

    static void put(ObjectNode into, List<Finding> findings) {
        for (Finding finding : findings) put(into.putObject(finding.key()), finding);
    }

    private static void put(ObjectNode into, Finding finding) {
        into.put("title", finding.title());
        for (Line line : finding.lines()) {
            switch (line) {
                case Line.Sent(int asked, int lost, int failed, int refusals) ->
                    into.put("sent", asked)
                            .put("lost", lost)
                            .put("failed", failed)
                            .put("sentAgain", refusals);
                case Line.Spread spread -> spread(into.putObject(spread.key()), spread);
                case Line.Value value -> {
                    number(into, value.key(), value.value());
                    goals(into, value.key() + "Goal", value.goals());
                }
                case Line.Shares shares -> shares(into.putObject(shares.key()), shares);
                case Line.Table table -> table(into.putObject(table.key()), table);
                case Line.Note(String text) -> into.withArray("/notes").add(text);
                case Line.LeftOut(String why) -> into.put("leftOut", why);
                case Line.Broken(String why) -> into.put("brokenOff", why);
            }
        }
    }

    private static void spread(ObjectNode into, Line.Spread spread) {
        Latencies took = spread.took();
        into.put("count", took.count());
        if (took.count() > 0)
            for (int percent : new int[] {50, 90, 99}) number(into, "p" + percent + "Millis", took.percentile(percent));
        if (took.count() > 0) number(into, "maxMillis", took.percentile(100));
        ObjectNode distribution = into.putObject("distribution");
        took.distribution().forEach(distribution::put);
        goals(into, "goals", spread.goals());
    }

    private static void shares(ObjectNode into, Line.Shares shares) {
        double stack = 0;
        ObjectNode parts = into.objectNode();
        for (Map.Entry<String, Double> part : shares.parts().entrySet()) {
            number(parts, part.getKey(), part.getValue());
            if (!part.getKey().equals(ProcessorTime.BENCH)) stack += part.getValue();
        }
        number(into, "total", stack);
        into.set("byProcess", parts);
        goals(into, "goals", shares.goals());
    }

    private static void table(ObjectNode into, Line.Table table) {
        for (Line.Row row : table.rows()) {
            ObjectNode one = into.putObject(row.key());
            for (int i = 0; i < table.columns().size(); i++)
                number(one, table.columns().get(i), row.values().get(i));
            goals(one, "goals", row.goals());
        }
    }

    private static void goals(ObjectNode into, String key, List<Goal> goals) {
        if (goals.isEmpty()) return;
        ArrayNode all = into.putArray(key);
        for (Goal goal : goals) {
            ObjectNode one = all.addObject();
            if (!goal.figure().isEmpty()) one.put("figure", goal.figure());
            one.put(goal.atMost() ? "atMost" : "atLeast", goal.limit());
            number(one, "found", goal.value());
            one.put("met", goal.met());
        }
    }

    /** Three digits are more than any of this is exact to; JSON has no word for what is not a number. */
    private static void number(ObjectNode into, String key, double value) {
        if (Double.isFinite(value)) into.put(key, Math.round(value * 1000) / 1000.0);
        else into.putNull(key);
    }
}
