package ai.chela.memory.config;

import ai.chela.kit.file.ConfigProblem;
import ai.chela.kit.file.YamlNode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code memory.yaml} in the folder {@code CHELA_CONFIG}: the settings of {@link MemorySettings}, without {@code
 * chela.memory} before them. It is read when the service starts. Environment variables and system properties win over it.
 * Keys that there are not are refused with those of other sources, when the settings are made.
 */
public final class MemoryFile implements ConfigSourceFactory {
    static final String NAME = "memory.yaml";
    static final String PREFIX = "chela.memory.";

    /** Keys that have keys of their own. */
    static final Set<String> GROUPS = Set.of("embedding-endpoint", "embedding-file", "qdrant", "retention", "review");

    /** More than the defaults in the jars, less than the environment. */
    private static final int ORDINAL = 290;

    /** Where the folder is not known yet, as when the application is built. */
    private static final String FOLDER = "config";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue folder = context.getValue("chela.config");
        String named = folder == null || folder.getValue() == null ? FOLDER : folder.getValue();
        Map<String, String> values = read(Path.of(named).resolve(NAME));
        return values.isEmpty() ? List.of() : List.of(new Source(values));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    /**
     * @return nothing where there is no such file
     * @throws ConfigProblem naming the line
     */
    static Map<String, String> read(Path file) {
        try {
            return values(YamlNode.parse(NAME, Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException _) {
            return Map.of();
        } catch (IOException e) {
            throw new ConfigProblem(NAME, 1, "cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, String> values(@Nullable YamlNode root) {
        Map<String, String> values = new LinkedHashMap<>();
        if (root == null || root.isNull()) return values;
        root.fields().forEach((key, node) -> {
            if (!GROUPS.contains(key)) put(values, key, node);
            else if (!node.isNull()) node.fields().forEach((inner, value) -> put(values, key + "." + inner, value));
        });
        return values;
    }

    /** A reference to a secret stays one: it is resolved where it is needed, not when the settings are made. */
    private static void put(Map<String, String> values, String key, YamlNode node) {
        if (!node.isNull()) values.put(PREFIX + key, node.text().replace("${", "\\${"));
    }

    private record Source(Map<String, String> values) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public @Nullable String getValue(String name) {
            return values.get(name);
        }

        @Override
        public int getOrdinal() {
            return ORDINAL;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
