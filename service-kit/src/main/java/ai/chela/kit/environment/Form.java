package ai.chela.kit.environment;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a value must look like.
 *
 * @param allowed said to whoever wrote another one, and in the reference
 * @param fits never called with an empty value; throws nothing
 */
record Form(String allowed, Predicate<String> fits) {
    /** Also what Kafka takes in the name of a consumer group. */
    static final Form NAME =
            new Form("1 to 100 letters, digits, `.`, `_` and `-`", it -> it.matches("[A-Za-z0-9._-]{1,100}"));

    static final Form HOST = new Form(
            "a host name or an IP address",
            it -> it.matches("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:.%]{2,60}"));

    static final Form PORT = new Form("a whole number from 1 to 65535", Form::isPort);

    static final Form HOSTS = new Form("`host:port`, several with commas between them", Form::areHosts);

    static final Form FOLDER = new Form("a folder that is there", it -> isThere(it, true));

    static final Form FILE = new Form("a file that is there and can be read", it -> isThere(it, false));

    static final Form URL = new Form("an http or https address", Form::isHttp);

    static final Form REFERENCE = new Form(
            "`file:PATH` or `${NAME}`, never the key itself",
            it -> it.matches("file:.+|\\$\\{[A-Za-z_][A-Za-z0-9_]*}"));

    static final Form DATABASE =
            new Form("1 to 63 letters, digits and `_`", it -> it.matches("[A-Za-z_][A-Za-z0-9_]{0,62}"));

    static final Form LINE = new Form("one line of text", it -> it.chars().noneMatch(Character::isISOControl));

    static final Form JAAS = new Form(
            "one line that names a login module and ends with `;`",
            it -> it.strip().endsWith(";") && LINE.fits().test(it));

    /** One of these words, in exactly this case. */
    static Form oneOf(String... words) {
        return new Form(
                String.join(", ", Arrays.stream(words).map(it -> "`" + it + "`").toList()), List.of(words)::contains);
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
    }

    private static boolean areHosts(String text) {
        return Arrays.stream(text.split(",", -1)).allMatch(Form::isHostAndPort);
    }

    private static boolean isHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) return false;
        String host = text.substring(0, colon).strip();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return HOST.fits().test(bracketed ? host.substring(1, host.length() - 1) : host)
                && isPort(text.substring(colon + 1).strip());
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException _) {
            return false; // the caller says what is allowed
        }
    }

    private static boolean isThere(String text, boolean folder) {
        try {
            Path path = Path.of(text);
            return folder ? Files.isDirectory(path) : Files.isRegularFile(path) && Files.isReadable(path);
        } catch (InvalidPathException _) {
            return false; // the caller says what is allowed
        }
    }
}
