package ai.chela.launcher.config;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The configuration files as a first start makes them. A file that is there is never touched. */
public final class Templates {
    static final List<String> FILES =
            List.of("chela.yaml", "models.yaml", "policy.yaml", "channels.yaml", "people.yaml", "memory.yaml");

    private Templates() {}

    /** Makes the files that are missing; returns their names. */
    public static List<String> make(Surroundings here, DataFolder data) throws IOException {
        List<String> made = new ArrayList<>();
        for (String name : FILES) {
            Path file = data.config().resolve(name);
            if (Files.exists(file)) continue;
            DataFolder.write(file, filled(text(name), values(here)));
            made.add(name);
        }
        return made;
    }

    static String text(String name) throws IOException {
        try (InputStream stream = Templates.class.getResourceAsStream("/config/" + name)) {
            if (stream == null) throw new IOException("the launcher's jar lacks config/" + name);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String filled(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet())
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        return text;
    }

    private static Map<String, String> values(Surroundings here) {
        String user = System.getProperty("user.name", "owner");
        return Map.of(
                "id", PeopleFile.idOf(user),
                "name", PeopleFile.quoted(user),
                "zone", ZoneId.systemDefault().getId(),
                "language", here.language().name().toLowerCase(Locale.ROOT));
    }
}
