package ai.chela.kit.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of {@code docs/reference/configuration.md}. */
final class ConfigurationPage {
    /** A key of a YAML file, for people. */
    record YamlKey(String text, String allowed, String standard, boolean required) {
        static YamlKey of(Map<String, Object> written) {
            return new YamlKey(
                    String.valueOf(written.get("text")),
                    String.valueOf(written.getOrDefault("allowed", "")),
                    String.valueOf(written.get("standard")),
                    Boolean.TRUE.equals(written.get("required")));
        }
    }

    /** Keys that stand together; {@code where} is what they stand under, as in {@code people[].chat}. */
    record YamlKeys(String where, Map<String, YamlKey> keys) {
        @SuppressWarnings("unchecked")
        static YamlKeys of(Map<String, Object> written) {
            Map<String, YamlKey> keys = new LinkedHashMap<>();
            ((Map<String, Map<String, Object>>) required(written, "keys"))
                    .forEach((name, key) -> keys.put(name, YamlKey.of(key)));
            String each = written.get("each") == null ? "" : written.get("each") + "[].";
            String within = written.get("within") == null ? "" : written.get("within") + ".";
            return new YamlKeys(each + within, keys);
        }
    }

    /** A YAML file and who reads it. */
    record YamlFile(String name, String reader, String service, String about, List<YamlKeys> lists) {
        @SuppressWarnings("unchecked")
        static YamlFile of(Map<String, Object> written) {
            return new YamlFile(
                    String.valueOf(written.get("file")),
                    String.valueOf(written.get("reader")),
                    String.valueOf(written.get("service")),
                    String.valueOf(written.get("about")),
                    ((List<Map<String, Object>>) required(written, "lists"))
                            .stream().map(YamlKeys::of).toList());
        }
    }

    private final List<String> lines = new ArrayList<>();

    private ConfigurationPage() {}

    static String of(Map<String, List<TypedKeys.Key>> typed, List<YamlFile> files, Map<String, String> templates) {
        ConfigurationPage page = new ConfigurationPage();
        page.lines.add("""
                # Configuration

                For whoever runs Chela. This page is made from the code by `ConfigurationPageTest` of service-kit; write it \
                anew with `mvn -f service-kit/pom.xml test -Dtest=ConfigurationPageTest -Dchela.docs.write`.

                There are three kinds: files that people edit, variables that a service is started with, and settings that \
                are rarely touched. With `./chela up` only the files are yours: the launcher makes the variables, and passes \
                none of your shell's on but those that [commands](commands.md#variables) names.
                """);
        page.files(files, templates);
        page.variables();
        page.settings(typed);
        return String.join("\n", page.lines) + "\n";
    }

    private void files(List<YamlFile> files, Map<String, String> templates) {
        lines.add("""
                ## Files in `DATA/config`

                The first `up` makes them; a file that is there is never overwritten. Each is looked at every second or so and \
                read again when it has changed. A file that is wrong is refused as a whole, with file, line, key and what is \
                allowed; the last good version stays in force. The service's log and `./chela status` say so. Unknown keys are refused. \
                A secret is `${NAME}` (an environment variable) or `file:PATH` (relative paths start in the data folder), \
                never the secret itself.
                """);
        for (YamlFile file : files) {
            lines.add("### `" + file.name() + "`\n");
            lines.add(file.about() + " Read by " + file.service() + ".\n");
            lines.add("| Key | What | Allowed | Default |\n|---|---|---|---|");
            for (YamlKeys group : file.lists())
                group.keys()
                        .forEach((name, key) -> row(
                                code(group.where() + name),
                                key.text(),
                                key.allowed(),
                                key.required() ? "none, required" : key.standard()));
            template(templates.get(file.name()));
        }
        lines.add("""
                ### `chela.yaml`

                What holds for persons and texts that say nothing else. Read by gateway-service. The tenant is no key: a stack \
                serves one, that of [`CHELA_TENANT`](#variables-of-a-service).

                | Key | What | Allowed | Default |
                |---|---|---|---|
                | `zone` | The time zone of persons who have none of their own. | a name such as `Europe/Berlin` | the machine's |
                | `language` | The language of persons who have none of their own. | `en`, `zh` | `en` |""");
        template(templates.get("chela.yaml"));
        lines.add("""
                ### `memory.yaml`

                How Chela remembers. Read by memory-service when it starts: a change holds from its next start, and a mistake \
                ends the start with file, line or key. Its keys are those of [memory-service](#memory-service) below, without \
                `chela.memory.`; variables and system properties win over it.""");
        template(templates.get("memory.yaml"));
        lines.add("""
                ### `domains/*.yaml`

                Sentences that the planner understands; see [add a domain](../guides/add-a-domain.md). Read by agent-service.
                """);
    }

    private void template(@Nullable String text) {
        if (text == null) throw new IllegalStateException("the launcher has no template for a file of the page");
        lines.add("\nAs the first `up` writes it"
                + (text.contains("${id}") || text.contains("${zone}") ? ", filled in for you" : "") + ":\n\n```yaml\n"
                + text + "\n```\n");
    }

    private void variables() {
        lines.add("""
                ## Variables of a service

                A service starts the same way anywhere: `java -jar quarkus-run.jar` with these variables. They are checked \
                before anything else happens. A wrong one ends the start; the last line of the log names every wrong variable and \
                what is allowed, for example `CHELA_DB_PORT is "54x2"; allowed: a whole number from 1 to 65535`. Values of \
                secrets are never shown. An empty value counts as not set.

                | Variable | Read by | What | Allowed | Default |
                |---|---|---|---|---|""");
        for (EnvironmentKey key : EnvironmentKey.values())
            row(
                    code(key.variable()),
                    switch (key.reader()) {
                        case EVERY -> "every service";
                        case GATEWAY -> "gateway-service";
                        case SCHEDULER -> "scheduler-service";
                        case MEMORY -> "memory-service";
                    },
                    key.sentence() + (key.secret() ? " Secret." : ""),
                    key.allowed(),
                    standard(key));
        lines.add("");
    }

    private static String standard(EnvironmentKey key) {
        if (key == EnvironmentKey.INSTANCE) return "`SERVICE-1`";
        String value = key.standard();
        return value == null || value.isEmpty() ? "none" : code(value);
    }

    private void settings(Map<String, List<TypedKeys.Key>> typed) {
        lines.add("""
                ## Settings of a service

                Set as an environment variable of the service, or as a Java system property (`-Dchela.memory.quota=1000`). A \
                value of the wrong type ends the start and names the key; whether a number makes sense is not checked yet. \
                Durations are `10s`, `5m` or ISO 8601, sizes `48M`.
                """);
        typed.forEach((service, keys) -> {
            lines.add("### " + service + "\n\n| Key | Variable | What | Default |\n|---|---|---|---|");
            for (TypedKeys.Key key : keys)
                row(
                        code(key.name()),
                        code(key.variable()),
                        key.sentence(),
                        key.standard() == null ? "none" : code(key.standard()));
            lines.add("");
        });
        lines.add("""
                agent-service has none. Whatever else Quarkus can be told ([its own reference]\
                (https://quarkus.io/guides/all-config)) works as well; we promise nothing about it.""");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells).replace("\n", " ") + " |");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static Object required(Map<String, Object> written, String key) {
        Object value = written.get(key);
        if (value == null) throw new IllegalStateException("configuration.yaml: " + key + " is missing");
        return value;
    }
}
