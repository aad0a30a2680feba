package ai.chela.agent.model;

import ai.chela.kit.file.Secret;
import ai.chela.kit.file.YamlNode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of {@code models.yaml}.
 *
 * @param models by name, in the order of the file
 * @param defaultName which one answers; null when there is none
 * @param learning which one looks for what is worth remembering
 */
public record ModelSettings(
        Map<String, Model> models, @Nullable String defaultName, Learning learning) {
    /** No model. */
    public static final ModelSettings NONE = new ModelSettings(Map.of(), null, Learning.STANDARD);

    /**
     * How a model looks through what people say for what is worth remembering.
     *
     * @param model its name; null: the one that answers
     * @param aDay how many messages of a person a day (UTC), 0 to 10,000; 0: never
     */
    public record Learning(@Nullable String model, int aDay) {
        /** By the model that answers, fifty messages of each person a day. */
        public static final Learning STANDARD = new Learning(null, 50);
    }

    /**
     * One model.
     *
     * @param baseUrl of an OpenAI-compatible interface, e.g. {@code http://127.0.0.1:11434/v1}
     * @param apiKey null when the endpoint needs none
     * @param timeout the longest that one call may take, 1 second to 30 minutes; default 60 s
     * @param contextTokens what a prompt may hold, default 8,000
     * @param caFile a PEM file of certificates that the endpoint's own must be signed by, instead of those that Java trusts; a
     *     relative path starts from the data folder; null for Java's
     */
    public record Model(
            String name,
            String baseUrl,
            String model,
            @Nullable Secret apiKey,
            Duration timeout,
            int contextTokens,
            @Nullable String caFile) {
        /** The same with less time for a call, where it has more. */
        public Model within(Duration longest) {
            return timeout.compareTo(longest) <= 0
                    ? this
                    : new Model(name, baseUrl, model, apiKey, longest, contextTokens, caFile);
        }
    }

    /** The model that answers, null when there is none. */
    public @Nullable Model chosen() {
        return defaultName == null ? null : models.get(defaultName);
    }

    /** The model that looks for what is worth remembering, null when none does. */
    public @Nullable Model forLearning() {
        if (learning.aDay() == 0) return null;
        return learning.model() == null ? chosen() : models.get(learning.model());
    }

    /**
     * Reads {@code models.yaml}.
     *
     * @throws ai.chela.kit.file.ConfigProblem naming line and key
     */
    public static ModelSettings read(@Nullable YamlNode root) {
        if (root == null) return NONE;
        Map<String, YamlNode> fields = root.fields("default", "models", "learning");
        YamlNode list = fields.get("models");
        Map<String, Model> models = new LinkedHashMap<>();
        if (list != null && !list.isNull())
            for (YamlNode item : list.items()) {
                Model model = model(item);
                if (models.put(model.name(), model) != null)
                    throw item.problem("the name \"" + model.name() + "\" is used twice");
            }
        Learning learning = learning(fields.get("learning"), models);
        String first = models.isEmpty() ? null : models.keySet().iterator().next();
        String chosen = named(fields.get("default"), models);
        return new ModelSettings(models, chosen == null ? first : chosen, learning);
    }

    private static @Nullable String named(@Nullable YamlNode name, Map<String, Model> models) {
        if (name == null || name.isNull()) return null;
        if (!models.containsKey(name.text()))
            throw name.problem(
                    "no model is named \"" + name.text() + "\"; allowed: " + String.join(", ", models.keySet()));
        return name.text();
    }

    private static Learning learning(@Nullable YamlNode node, Map<String, Model> models) {
        if (node == null || node.isNull()) return Learning.STANDARD;
        Map<String, YamlNode> fields = node.fields("model", "a-day");
        YamlNode aDay = fields.get("a-day");
        return new Learning(
                named(fields.get("model"), models),
                aDay == null ? Learning.STANDARD.aDay() : (int) aDay.number(0, 10_000));
    }

    private static Model model(YamlNode item) {
        Map<String, YamlNode> fields =
                item.fields("name", "provider", "base-url", "model", "api-key", "timeout", "context-tokens", "ca-file");
        YamlNode provider = fields.get("provider");
        if (provider != null && !List.of("openai", "ollama", "vllm").contains(provider.text()))
            throw provider.problem("\"" + provider.text()
                    + "\" is not allowed; allowed: openai (any endpoint that speaks its interface), ollama, vllm");
        YamlNode timeout = fields.get("timeout");
        YamlNode tokens = fields.get("context-tokens");
        YamlNode key = fields.get("api-key");
        YamlNode ca = fields.get("ca-file");
        return new Model(
                required(item, fields, "name"),
                url(item, fields),
                required(item, fields, "model"),
                key == null || key.isNull() ? null : Secret.of(key),
                timeout == null ? Duration.ofSeconds(60) : duration(timeout),
                tokens == null ? 8_000 : (int) tokens.number(500, 10_000_000),
                ca == null || ca.isNull() ? null : required(item, fields, "ca-file"));
    }

    private static String url(YamlNode item, Map<String, YamlNode> fields) {
        String url = required(item, fields, "base-url");
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())))
                return url;
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw fields.getOrDefault("base-url", item).problem("\"" + url + "\" is not an http or https address");
    }

    private static String required(YamlNode item, Map<String, YamlNode> fields, String key) {
        YamlNode field = fields.get(key);
        if (field == null || field.text().isBlank()) throw item.problem("\"" + key + "\" is missing");
        return field.text();
    }

    private static Duration duration(YamlNode node) {
        var matcher = java.util.regex.Pattern.compile("(\\d{1,6})(ms|s|m)").matcher(node.text());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofSeconds(amount);
            };
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofMinutes(30)) <= 0)
                return duration;
        }
        throw node.problem("\"" + node.text() + "\" is not allowed; allowed: 1s to 30m, e.g. 60s");
    }
}
