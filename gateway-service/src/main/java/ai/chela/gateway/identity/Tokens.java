package ai.chela.gateway.identity;

import ai.chela.kit.file.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose bearer token is whose. Only digests are kept: a look-up by digest tells an attacker nothing by its timing.
 *
 * @param people ids by the SHA-256 of their tokens
 * @param problems tokens that could not be read, each with what to do; never a token
 */
record Tokens(Map<String, String> people, List<String> problems) {
    /** Shorter ones can be guessed. */
    private static final int MIN_LENGTH = 16;

    Tokens {
        people = Map.copyOf(people);
        problems = List.copyOf(problems);
    }

    /** Reads all tokens now; blocks for small file reads. The first owner also has the installation's own token. */
    static Tokens read(List<Person> people, Path base, Optional<Path> ownerFile) {
        Map<String, String> digests = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Person person : people) {
            Secret secret = person.token();
            if (secret == null) continue;
            try {
                add(person.id(), secret.resolve(base), digests, problems);
            } catch (IOException e) {
                problems.add("people.yaml: token of " + person.id() + " cannot be read: " + e.getMessage());
            }
        }
        people.stream()
                .filter(Person::owner)
                .findFirst()
                .ifPresent(owner -> ownerFile.ifPresent(file -> {
                    try {
                        add(owner.id(), Files.readString(file).strip(), digests, problems);
                    } catch (IOException e) {
                        problems.add("the owner's token file cannot be read: " + e.getMessage());
                    }
                }));
        return new Tokens(digests, problems);
    }

    private static void add(String person, String token, Map<String, String> digests, List<String> problems) {
        if (token.length() < MIN_LENGTH) {
            problems.add("the token of " + person + " is too short: at least " + MIN_LENGTH + " characters");
            return;
        }
        String other = digests.put(digest(token), person);
        if (other != null && !other.equals(person)) {
            digests.remove(digest(token));
            problems.add("the tokens of " + other + " and " + person + " are the same: neither is accepted");
        }
    }

    /** The id of the person with this token, null when nobody has it. */
    @Nullable
    String personWith(String token) {
        return people.get(digest(token));
    }

    private static String digest(String token) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
