package ai.chela.memory.keys;

import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file of master keys as an operator turns it over: a new key in front, and the former ones out when they wrap nothing. */
public final class KeyFile {
    private final String reference;
    private final Database database;

    /**
     * @param reference what {@code CHELA_MASTER_KEY} says
     */
    public KeyFile(String reference, Database database) {
        this.reference = reference;
        this.database = database;
    }

    /**
     * What wraps what.
     *
     * @param wanted id of the key in front
     * @param tenants how many tenants' keys each one wraps, by id: those at hand in their order, then those that are missing
     * @param renewing how many keys of tenants and scopes are being made anew
     */
    public record Status(String wanted, Map<String, Long> tenants, long renewing) {
        /** How many are still wrapped by another key than the wanted one. */
        public long left() {
            return tenants.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(wanted))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    public Status status() throws SQLException {
        MasterKeys keys = keys();
        Map<String, Long> tenants = new LinkedHashMap<>();
        keys.ids().forEach(id -> tenants.put(id, 0L));
        for (String master : database.queue("select master_id from tenant_key")) tenants.merge(master, 1L, Long::sum);
        long renewing = database.queue("select scope from key_renewal").size();
        return new Status(keys.first().id(), tenants, renewing);
    }

    /**
     * Puts a new key in front of the others. Running services take it up by themselves and wrap every tenant's key anew.
     *
     * @throws Refusal when the one before is not finished, or the keys are not in a file
     */
    public Status rotate() throws IOException, SQLException {
        Status before = status();
        if (before.left() > 0)
            throw new Refusal(
                    "The rotation before this one is not finished: %d tenants are left.",
                    "上一次轮换尚未完成：还剩 %d 个租户。", before.left());
        String fresh = Base64.getEncoder().encodeToString(Aes.newKey());
        write(fresh + "\n" + Files.readString(file()).strip() + "\n");
        return status();
    }

    /**
     * Takes the former keys out.
     *
     * @throws Refusal when one of them still wraps something
     */
    public Status retire() throws IOException, SQLException {
        Status before = status();
        if (before.left() > 0)
            throw new Refusal(
                    "Former keys are still needed: %d tenants are left. memory-service must run to go on.",
                    "旧密钥仍被使用：还剩 %d 个租户。需运行 memory-service 才能继续。", before.left());
        write(List.of(Files.readString(file()).strip().split("\\s+")).getFirst() + "\n");
        return status();
    }

    private MasterKeys keys() {
        return MasterKeys.load(reference, Path.of(""));
    }

    private Path file() {
        if (!reference.startsWith("file:"))
            throw new Refusal(
                    "The master key comes from %s and not from a file: put the new key in front of the old one there, with"
                            + " a space between them.",
                    "主密钥来自 %s 而不是文件：请在那里把新密钥放在旧密钥之前，以空格分隔。", reference);
        return Path.of(reference.substring("file:".length())).toAbsolutePath();
    }

    /** The old content or the new, also after a power cut: without it nothing can be read any more. */
    private void write(String content) throws IOException {
        Path file = file();
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
