package ai.chela.agent.policy;

import ai.chela.agent.planner.Operation;
import ai.chela.kit.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deny by default: the first rule that names the operation and the person decides, and what no rule names is denied. It
 * looks at the operation, its arguments and who asks; never at what a text says.
 */
public record Policy(List<Rule> rules) {
    /** In force while {@code policy.yaml} is missing or has no rules. */
    public static final Policy DEFAULT = new Policy(List.of(
            new Rule(1, List.of("shell.run"), Verdict.ASK, List.of(), Verdict.ASK, "built-in"),
            new Rule(2, List.of("watch.create"), Verdict.ALLOW, List.of(), Verdict.ASK, "built-in"),
            new Rule(
                    3,
                    List.of(
                            "memory.*",
                            "schedule.*",
                            "host.*",
                            "time.*",
                            "date.*",
                            "calc.*",
                            "settings.*",
                            "agent.*",
                            "approval.*"),
                    Verdict.ALLOW,
                    List.of(),
                    Verdict.ASK,
                    "built-in")));

    public Policy {
        rules = List.copyOf(rules);
    }

    /** The three things that a rule can say. */
    public enum Verdict {
        ALLOW,
        ASK,
        DENY
    }

    /**
     * @param number from 1, its place in the file
     * @param operations names, {@code *} stands for any characters
     * @param people ids of the people that it is for; empty: everybody
     * @param privateAddresses verdict of a watch on a private or loopback address
     * @param file where it is written
     */
    public record Rule(
            int number,
            List<String> operations,
            Verdict verdict,
            List<String> people,
            Verdict privateAddresses,
            String file) {
        public Rule {
            operations = List.copyOf(operations);
            people = List.copyOf(people);
        }

        boolean names(String operation, String person) {
            return (people.isEmpty() || people.contains(person))
                    && operations.stream().anyMatch(glob -> matches(glob, operation));
        }

        private static boolean matches(String glob, String operation) {
            StringBuilder regex = new StringBuilder();
            for (String part : glob.split("\\*", -1)) {
                if (!regex.isEmpty()) regex.append(".*");
                regex.append(Pattern.quote(part));
            }
            return operation.matches(regex.toString());
        }

        String shown() {
            return file + " rule " + number + " (" + String.join(", ", operations) + ": "
                    + verdict.name().toLowerCase(java.util.Locale.ROOT) + ")";
        }
    }

    /** Decides on an operation that {@code person} is accountable for. */
    public Decision decide(Operation operation, String person) {
        for (Rule rule : rules) if (rule.names(operation.name(), person)) return decision(rule.verdict(), rule.shown());
        return new Decision.Deny("no rule names " + operation.name());
    }

    /** Decides on a watch whose address the scheduler found to be private or loopback. */
    public Decision decidePrivateAddress(Operation operation, String person) {
        for (Rule rule : rules)
            if (rule.names(operation.name(), person))
                return decision(
                        rule.privateAddresses(),
                        rule.file() + " rule " + rule.number() + " (" + operation.name() + ", private-addresses: "
                                + rule.privateAddresses().name().toLowerCase(java.util.Locale.ROOT) + ")");
        return new Decision.Deny("no rule names " + operation.name());
    }

    private static Decision decision(Verdict verdict, String rule) {
        return switch (verdict) {
            case ALLOW -> new Decision.Allow(rule);
            case ASK -> new Decision.Ask(rule);
            case DENY -> new Decision.Deny(rule);
        };
    }

    /**
     * Reads {@code policy.yaml}.
     *
     * @throws ai.chela.kit.file.ConfigProblem naming line and key
     */
    public static Policy read(@Nullable YamlNode root) {
        if (root == null) return DEFAULT;
        YamlNode list = root.fields("rules").get("rules");
        if (list == null || list.isNull()) return DEFAULT;
        List<Rule> rules = new ArrayList<>();
        for (YamlNode item : list.items()) rules.add(rule(rules.size() + 1, item));
        return new Policy(rules);
    }

    private static Rule rule(int number, YamlNode item) {
        Map<String, YamlNode> fields = item.fields("operations", "decision", "people", "private-addresses", "reason");
        YamlNode operations = fields.get("operations");
        YamlNode decision = fields.get("decision");
        if (operations == null) throw item.problem("\"operations\" is missing, e.g. operations: [\"host.*\"]");
        if (decision == null) throw item.problem("\"decision\" is missing; allowed: allow, ask, deny");
        YamlNode people = fields.get("people");
        YamlNode privateAddresses = fields.get("private-addresses");
        return new Rule(
                number,
                texts(operations),
                decision.oneOf(Verdict.class),
                people == null ? List.of() : texts(people),
                privateAddresses == null ? Verdict.ASK : privateAddresses.oneOf(Verdict.class),
                item.file());
    }

    private static List<String> texts(YamlNode node) {
        return node.isList() ? node.items().stream().map(YamlNode::text).toList() : List.of(node.text());
    }
}
