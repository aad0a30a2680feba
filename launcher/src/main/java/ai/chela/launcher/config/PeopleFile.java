package ai.chela.launcher.config;

import ai.chela.launcher.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code people.yaml}: who is in it, and adding somebody without disturbing what people wrote there. */
public final class PeopleFile {
    /** Somebody to add; xmpp is null when they have no address there. */
    public record Newcomer(
            String id,
            String name,
            String zone,
            String language,
            @Nullable String xmpp) {}

    private PeopleFile() {}

    /** An id made of a name: lower case letters, digits and dashes; "owner" when nothing of it remains. */
    public static String idOf(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (id.length() > 40) id = id.substring(0, 40);
        return id.isEmpty() ? "owner" : id;
    }

    /** A text as a double-quoted YAML scalar. */
    public static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    /**
     * The ids in the file.
     *
     * @throws IOException when it is not what the configuration reference says, with file and line
     */
    public static List<String> ids(DataFolder data) throws IOException {
        return idsIn(data.config().resolve("people.yaml").toString(), Files.readString(file(data)));
    }

    private static Path file(DataFolder data) {
        return data.config().resolve("people.yaml");
    }

    static List<String> idsIn(String file, String text) throws IOException {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("people") instanceof List<?> people))
            throw new IOException(file + ": there must be a list under `people`");
        List<String> ids = new ArrayList<>();
        for (Object person : people) {
            if (!(person instanceof Map<?, ?> fields) || fields.get("id") == null)
                throw new IOException(file + ": every person needs an `id`");
            ids.add(String.valueOf(fields.get("id")));
        }
        return ids;
    }

    /** The text with one person more; comments and order stay as they are. */
    static String with(String text, Newcomer person, Path token) {
        StringBuilder more = new StringBuilder(text);
        if (!text.endsWith("\n")) more.append('\n');
        more.append("\n  - id: ").append(quoted(person.id()));
        more.append("\n    name: ").append(quoted(person.name()));
        more.append("\n    zone: ").append(quoted(person.zone()));
        more.append("\n    language: ").append(person.language());
        if (person.xmpp() != null)
            more.append("\n    chat: {xmpp: [").append(quoted(person.xmpp())).append("]}");
        more.append("\n    token: ").append(quoted("file:" + token)).append('\n');
        return more.toString();
    }

    /**
     * Adds a person at the end of the file.
     *
     * @throws IOException when the file then would not list everybody; it stays as it was
     */
    public static void add(DataFolder data, Newcomer person) throws IOException {
        Path file = file(data);
        String before = Files.readString(file);
        List<String> expected = new ArrayList<>(idsIn(file.toString(), before));
        expected.add(person.id());
        String after = with(before, person, data.tokenOf(person.id()));
        List<String> found;
        try {
            found = idsIn(file.toString(), after);
        } catch (IOException e) {
            throw new IOException(
                    file + ": a person can only be added when `people` is the last key, with its entries"
                            + " indented by two spaces. Add an entry by hand.",
                    e);
        }
        if (!found.equals(expected))
            throw new IOException(file + ": `people` must be the last key of the file. Add an entry by hand.");
        DataFolder.write(file, after);
    }
}
