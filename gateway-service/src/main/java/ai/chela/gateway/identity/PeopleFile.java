package ai.chela.gateway.identity;

import ai.chela.kit.file.Secret;
import ai.chela.kit.file.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code people.yaml}. What is wrong is said with file, line, key and what is allowed. */
final class PeopleFile {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");
    private static final Pattern JID = Pattern.compile("[^@/\\s]{1,255}@[^@/\\s]{1,255}");

    /**
     * A person as written.
     *
     * @param zone null when she has none of her own
     * @param language null when she has none of her own
     */
    record Listed(
            String id,
            String name,
            @Nullable String zone,
            @Nullable String language,
            boolean owner,
            Map<String, List<String>> chat,
            @Nullable Secret token) {
        Listed {
            chat = Map.copyOf(chat);
        }

        Person with(Defaults defaults) {
            return new Person(
                    id,
                    name,
                    zone == null ? defaults.zone() : zone,
                    language == null ? defaults.language() : language,
                    owner,
                    chat,
                    token);
        }
    }

    private PeopleFile() {}

    /**
     * The people of the file, in its order. Without a file, or with an empty one, there is one person: the owner.
     *
     * @throws ai.chela.kit.file.ConfigProblem when anything in it is wrong
     */
    static List<Listed> read(@Nullable YamlNode root) {
        if (root == null || root.isNull()) return List.of(theOwner());
        YamlNode list = root.fields("people").get("people");
        if (list == null || list.isNull()) return List.of(theOwner());
        List<Listed> people = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, String> addresses = new HashMap<>();
        for (YamlNode item : list.items()) {
            Listed person = person(item);
            if (!ids.add(person.id())) throw item.problem("the id \"" + person.id() + "\" is there twice");
            for (String address : person.chat().getOrDefault("xmpp", List.of())) {
                String other = addresses.put(address, person.id());
                if (other != null) throw item.problem("the address " + address + " belongs to " + other + " already");
            }
            people.add(person);
        }
        if (people.isEmpty()) return List.of(theOwner());
        if (people.stream().noneMatch(Listed::owner))
            throw list.problem("nobody is owner; give one person owner: true");
        return List.copyOf(people);
    }

    private static Listed theOwner() {
        return new Listed("owner", "Owner", null, null, true, Map.of(), null);
    }

    private static Listed person(YamlNode item) {
        Map<String, YamlNode> fields = item.fields("id", "name", "zone", "language", "owner", "chat", "token");
        String id = required(item, fields, "id", 200);
        if (!ID.matcher(id).matches())
            throw item.problem(
                    "id \"" + id + "\" is not allowed; allowed: 1 to 60 of a-z 0-9 . _ -, a letter or digit first");
        YamlNode token = fields.get("token");
        YamlNode owner = fields.get("owner");
        return new Listed(
                id,
                required(item, fields, "name", 200),
                Defaults.zone(fields.get("zone")),
                Defaults.language(fields.get("language")),
                owner != null && owner.bool(),
                chat(fields.get("chat")),
                token == null || token.isNull() ? null : Secret.of(token));
    }

    private static String required(YamlNode item, Map<String, YamlNode> fields, String key, int max) {
        YamlNode node = fields.get(key);
        if (node == null || node.isNull() || node.text().isBlank()) throw item.problem(key + " is missing");
        String text = node.text().strip();
        if (text.length() > max) throw node.problem("too long: at most " + max + " characters");
        return text;
    }

    private static Map<String, List<String>> chat(@Nullable YamlNode node) {
        if (node == null || node.isNull()) return Map.of();
        YamlNode xmpp = node.fields("xmpp").get("xmpp");
        if (xmpp == null || xmpp.isNull()) return Map.of();
        List<String> addresses = new ArrayList<>();
        for (YamlNode item : xmpp.isList() ? xmpp.items() : List.of(xmpp)) {
            String address = item.text().strip().toLowerCase(Locale.ROOT);
            if (!JID.matcher(address).matches())
                throw item.problem("\"" + item.text() + "\" is no XMPP address; allowed: name@server");
            addresses.add(address);
        }
        return Map.of("xmpp", List.copyOf(addresses));
    }
}
