package ai.chela.launcher.postgres;

import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.postgres.Account.Other;
import ai.chela.launcher.supervise.ChildSpec;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PostgreSQL as a process: loopback only, no local socket, passwords for everybody (scram-sha-256).
 *
 * @param connections the most at the same time
 * @param home where its programs and data lie: below the data folder, unless it runs under another account
 */
public record PostgresServer(
        DataFolder data,
        Path home,
        Account account,
        Secrets secrets,
        int port,
        int connections,
        Map<String, String> environment) {

    public static final String NAME = "postgres";
    public static final String DATABASE = "chela";
    /** The superuser; only the launcher knows its password. */
    public static final String ADMIN = "chela_admin";

    private static final String PROGRAMS = "programs-18.6.0";

    /** The name under which the password of a role is kept. */
    public static String passwordOf(String role) {
        return "postgres/" + role;
    }

    /** The folder for PostgreSQL's files: another account cannot enter a folder that is root's alone. */
    public static Path homeFor(DataFolder data, Account account) {
        if (!(account instanceof Other)) return data.path().resolve(NAME);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(data.path().toString().getBytes(StandardCharsets.UTF_8));
            return Path.of("/var/lib/chela", HexFormat.of().formatHex(hash, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Path cluster() {
        return home.resolve("data");
    }

    /** True before the first start. */
    public boolean isNew() {
        return !Files.exists(cluster().resolve("PG_VERSION"));
    }

    /** Unpacks the programs and makes the database cluster the first time. */
    public ChildSpec prepare() throws IOException, InterruptedException {
        makeHome();
        Path programs = home.resolve(PROGRAMS);
        Binaries.unpack(programs);
        if (isNew()) initialise(programs);
        Files.writeString(cluster().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(cluster().resolve("postgresql.conf"), settings());
        List<String> command = account.prefixed(List.of(
                programs.resolve("bin/postgres").toString(), "-D", cluster().toString()));
        // INT is PostgreSQL's fast stop; TERM would wait for its clients
        return new ChildSpec(
                NAME,
                command,
                environment,
                home,
                data.log(NAME),
                this::clearStalePid,
                Signal.INT,
                Duration.ofSeconds(15));
    }

    private void makeHome() throws IOException {
        if (account instanceof Other) {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
            DataFolder.folder(home);
        }
    }

    private void initialise(Path programs) throws IOException, InterruptedException {
        Path fresh = home.resolve("data.new");
        delete(fresh); // what an interrupted first start left
        DataFolder.folder(fresh);
        Path password = home.resolve("password.new");
        DataFolder.write(password, secrets.password(passwordOf(ADMIN)) + "\n");
        own(List.of(fresh, password));
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("bin/initdb").toString(), "-D"));
        command.addAll(List.of(fresh.toString(), "-U", ADMIN, "--pwfile=" + password, "--auth=scram-sha-256"));
        command.addAll(
                List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        DataFolder.touch(data.log(NAME));
        ProcessBuilder builder = new ProcessBuilder(account.prefixed(command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log(NAME).toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        Files.delete(password);
        if (exit != 0) throw new IOException("PostgreSQL's data could not be made (initdb); see " + data.log(NAME));
        Files.move(fresh, cluster());
    }

    private void own(List<Path> files) throws IOException {
        if (!(account instanceof Other(String _, int uid, int gid))) return;
        for (Path file : files) {
            Files.setAttribute(file, "unix:uid", uid);
            Files.setAttribute(file, "unix:gid", gid);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** After a crash of the machine the pid in the lock file may be somebody else's by now; then it says nothing. */
    private void clearStalePid() throws IOException {
        Path lock = cluster().resolve("postmaster.pid");
        if (!Files.exists(lock)) return;
        String pid = Files.readAllLines(lock).stream().findFirst().orElse("").strip();
        if (!pid.matches("\\d{1,9}") || !ProcessId.nameOf(Long.parseLong(pid)).equals("postgres"))
            Files.deleteIfExists(lock);
    }

    private String settings() {
        return """
                # written at every start: changes here do not last
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = %d
                shared_buffers = 32MB
                max_wal_size = 256MB
                wal_compression = on
                io_method = sync
                jit = off
                max_parallel_workers_per_gather = 0
                password_encryption = scram-sha-256
                timezone = 'UTC'
                # no statement, parameter or row ever reaches the log
                log_min_error_statement = panic
                log_parameter_max_length = 0
                log_parameter_max_length_on_error = 0
                log_error_verbosity = terse
                log_checkpoints = off
                """.formatted(port, connections);
    }
}
