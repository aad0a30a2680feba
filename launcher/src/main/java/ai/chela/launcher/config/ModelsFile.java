package ai.chela.launcher.config;

import ai.chela.launcher.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code models.yaml}: takes over a model that was named in the environment, so that it holds tomorrow. */
public final class ModelsFile {
    /** A model named by {@code CHELA_MODEL_BASE_URL} and {@code CHELA_MODEL_NAME}; the key may be empty. */
    public record Named(String name, String baseUrl, String model, String key) {
        @Override
        public String toString() {
            return "Named[" + name + ", " + baseUrl + ", " + model + "]";
        }
    }

    private ModelsFile() {}

    /**
     * The model that the environment names, if it does.
     *
     * @throws IOException when only a part of it is there
     */
    public static Optional<Named> named(Map<String, String> environment) throws IOException {
        String url = environment.getOrDefault("CHELA_MODEL_BASE_URL", "").strip();
        String model = environment.getOrDefault("CHELA_MODEL_NAME", "").strip();
        String key = environment.getOrDefault("CHELA_MODEL_API_KEY", "").strip();
        if (url.isEmpty() && model.isEmpty()) return Optional.empty();
        if (url.isEmpty() || model.isEmpty())
            throw new IOException("CHELA_MODEL_BASE_URL and CHELA_MODEL_NAME go together; "
                    + (url.isEmpty() ? "CHELA_MODEL_BASE_URL" : "CHELA_MODEL_NAME") + " is missing.");
        if (!url.matches("https?://\\S+"))
            throw new IOException("CHELA_MODEL_BASE_URL must begin with http:// or https://");
        String name =
                model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return Optional.of(new Named(name.isEmpty() ? "main" : name, url, model, key));
    }

    /** The name of the default model; empty when the file names none or cannot be read. */
    public static Optional<String> inForce(DataFolder data) throws IOException {
        Path file = data.config().resolve("models.yaml");
        if (!Files.exists(file)) return Optional.empty();
        Map<String, Object> root = load(file.toString(), Files.readString(file));
        if (!(root.get("models") instanceof List<?> models) || models.isEmpty()) return Optional.empty();
        if (root.get("default") instanceof String name) return Optional.of(name);
        return models.getFirst() instanceof Map<?, ?> first && first.get("name") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    /** Writes the model into the file as the default one, its key into a file of its own; true when that changed it. */
    public static boolean take(DataFolder data, Named named) throws IOException {
        Path file = data.config().resolve("models.yaml");
        Path key = data.keys().resolve("model-" + named.name() + ".key");
        if (!named.key().isEmpty()) DataFolder.write(key, named.key() + "\n");
        String before = Files.readString(file);
        String after = with(file.toString(), before, named, key);
        if (after.equals(before)) return false;
        DataFolder.write(file, after);
        return true;
    }

    /** The text with this model as the default; the comments before its first key stay, those within are lost. */
    static String with(String file, String text, Named named, Path key) throws IOException {
        Map<String, Object> root = load(file, text);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", named.name());
        entry.put("provider", "openai");
        entry.put("base-url", named.baseUrl());
        entry.put("model", named.model());
        if (!named.key().isEmpty()) entry.put("api-key", "file:" + key);
        entry.put("timeout", "60s");
        List<Object> models = new ArrayList<>();
        boolean there = false;
        for (Object model : root.get("models") instanceof List<?> list ? list : List.of()) {
            boolean same = model instanceof Map<?, ?> fields && named.name().equals(fields.get("name"));
            models.add(same ? entry : model);
            there |= same && entry.equals(model);
        }
        if (there && named.name().equals(root.get("default"))) return text;
        if (!models.contains(entry)) models.add(entry);
        root.put("default", named.name());
        root.put("models", models);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return comments(text) + new Yaml(options).dump(root);
    }

    private static Map<String, Object> load(String file, String text) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        try {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            if (loaded instanceof Map<?, ?> map) map.forEach((name, value) -> root.put(String.valueOf(name), value));
            else if (loaded != null) throw new IOException(file + ": there must be keys, such as `models`");
        } catch (YAMLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return root;
    }

    private static String comments(String text) {
        StringBuilder head = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) break;
            head.append(line).append('\n');
        }
        return head.toString();
    }
}
