package ai.chela.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.TreeMap;

/**
 * The generated credentials of a stack: made once, kept in {@code keys/}, never printed.
 *
 * @param passwords by name of the account
 */
public record Secrets(TreeMap<String, String> passwords) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads them, and makes those that are missing. */
    public static Secrets of(DataFolder data, Iterable<String> accounts) throws IOException {
        Path file = data.keys().resolve("credentials.json");
        Secrets secrets =
                Files.exists(file) ? Json.MAPPER.readValue(file.toFile(), Secrets.class) : new Secrets(new TreeMap<>());
        boolean made = false;
        for (String account : accounts) made |= secrets.passwords.putIfAbsent(account, random()) == null;
        if (made) DataFolder.write(file, Json.MAPPER.writeValueAsString(secrets));
        return secrets;
    }

    /** 32 random bytes, base64url without padding: safe in a URL, a header, a properties file and SQL. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes the owner's token and the master key (32 random bytes, base64) when they are missing. */
    public static void makeOwn(DataFolder data) throws IOException {
        if (!Files.exists(data.token())) DataFolder.write(data.token(), random() + "\n");
        if (!Files.exists(data.masterKey())) {
            byte[] key = new byte[32];
            RANDOM.nextBytes(key);
            DataFolder.write(data.masterKey(), Base64.getEncoder().encodeToString(key) + "\n");
        }
    }

    /**
     * The password of an account.
     *
     * @throws IllegalArgumentException when there is no such account
     */
    public String password(String account) {
        String password = passwords.get(account);
        if (password == null) throw new IllegalArgumentException("no account is named " + account);
        return password;
    }

    @Override
    public String toString() {
        return "Secrets[" + passwords.keySet() + "]";
    }
}
