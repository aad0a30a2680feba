package ai.chela.memory.backup;

import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database of its own with the schema of the service, and what the service would write into it. */
final class Installation {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    final Database database;
    final MasterKeys masters;
    private final List<String> scopes = new ArrayList<>();

    private Installation(Database database, MasterKeys masters) {
        this.database = database;
        this.masters = masters;
    }

    /** An empty one; installations with the same key can read each other's backups. */
    static Installation with(MasterKeys masters) throws SQLException {
        EmbeddedPostgres postgres = server();
        String name = "chela" + NUMBER.incrementAndGet();
        try (Connection admin = postgres.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name);
            for (String suffix : new String[] {"", "_queue", "_owner"})
                statement.execute("do $$ begin if not exists (select 1 from pg_roles where rolname = 'chela_memory"
                        + suffix + "') then create role chela_memory" + suffix
                        + " login password 'test'; end if; end $$");
        }
        try (Connection admin = postgres.getDatabase("postgres", name).getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create schema memory authorization chela_memory_owner");
        }
        Database database =
                new Database("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, "test", "test", "test");
        database.migrate();
        return new Installation(database, masters);
    }

    private static synchronized EmbeddedPostgres server() {
        if (server != null) return server;
        try {
            EmbeddedPostgres started =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            server = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres started) {
        try {
            started.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MasterKeys newKey(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "master", ".key");
        Files.writeString(file, Base64.getEncoder().encodeToString(Aes.newKey()));
        return MasterKeys.load("file:" + file, Path.of(""));
    }

    /** Stores a memory of a person's own under this id. */
    void remember(String tenant, String person, String id, String text) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            long change = next(worker, tenant, person, 1);
            long handle = number(
                    worker,
                    "insert into handle as h (tenant, last) values (?, 1)"
                            + " on conflict (tenant) do update set last = h.last + 1 returning last",
                    tenant);
            insert(worker, tenant, person, id, id, handle, change, text);
            worker.commit();
        }
    }

    /** Stores a second version, and closes the first one. */
    void correct(String tenant, String person, String old, String id, String text) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            long closing = next(worker, tenant, person, 0);
            run(
                    worker,
                    "update fact set valid_to = now(), superseded_by = ?, change = ? where tenant = ? and id = ?",
                    id,
                    closing,
                    tenant,
                    old);
            long handle = number(worker, "select handle from fact where tenant = ? and id = '" + old + "'", tenant);
            insert(worker, tenant, person, id, old, handle, next(worker, tenant, person, 0), text);
            worker.commit();
        }
    }

    /** Forgets one version as the service forgets each. */
    void forget(String tenant, String person, String id) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            run(worker, "delete from memory_key where tenant = ? and memory = ?", tenant, id);
            run(worker, "delete from fact where tenant = ? and id = ?", tenant, id);
            long change = next(worker, tenant, person, -1);
            run(
                    worker,
                    "insert into erasure (tenant, id, scope, change) values (?, ?, ?, ?)",
                    tenant,
                    id,
                    "person:" + person,
                    change);
            run(worker, "update speaker set facts = facts - 1 where tenant = ? and person = ?", tenant, person);
            worker.commit();
        }
    }

    /** Texts of the current memories, decrypted, in their order. */
    List<String> texts(String tenant) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            try (PreparedStatement select =
                    worker.prepareStatement("select f.id, f.body, k.wrapped, s.wrapped, s.scope,"
                            + " t.wrapped, t.master_id, k.under = s.generation, r.wrapped, r.generation from fact f"
                            + " join memory_key k on k.tenant = f.tenant and k.memory = f.id"
                            + " join scope_key s on s.tenant = f.tenant and s.scope = f.scope"
                            + " join tenant_key t on t.tenant = f.tenant"
                            + " left join key_renewal r on r.tenant = f.tenant and r.scope = f.scope"
                            + " where f.tenant = ? and f.valid_to is null order by f.id")) {
                select.setString(1, tenant);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        MasterKey master = masters.named(row.getString(7));
                        if (master == null) throw new AssertionError("another master key");
                        byte[] tenantKey = master.unwrap(KeyNames.tenantKey(tenant), row.getBytes(6));
                        byte[] scopeKey =
                                Aes.open(tenantKey, KeyNames.scopeKey(tenant, row.getString(5)), row.getBytes(4));
                        if (!row.getBoolean(8))
                            scopeKey = Aes.open(
                                    scopeKey,
                                    KeyNames.formerScopeKey(tenant, row.getString(5), row.getLong(10)),
                                    row.getBytes(9));
                        byte[] key = Aes.open(scopeKey, KeyNames.memoryKey(tenant, row.getString(1)), row.getBytes(3));
                        texts.add(new String(
                                Aes.open(key, KeyNames.body(tenant, row.getString(1)), row.getBytes(2)),
                                StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return texts;
    }

    /** Wraps a tenant's key anew, as a rotation does. */
    void rewrap(String tenant, MasterKeys fresh) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            byte[] key = masters.first().unwrap(KeyNames.tenantKey(tenant), wrapped(worker, tenant));
            run(
                    worker,
                    "update tenant_key set master_id = ?, wrapped = ? where tenant = ?",
                    fresh.first().id(),
                    fresh.first().wrap(KeyNames.tenantKey(tenant), key),
                    tenant);
            worker.commit();
        }
    }

    /** How much of a renewal. */
    enum Renewal {
        WHOLE,
        BEGUN,
        FINISHED
    }

    /** Makes the key of a person's scope anew as the service does. */
    void renew(String tenant, String person, Renewal renewal) throws SQLException {
        String scope = "person:" + person;
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            if (renewal != Renewal.FINISHED) begin(worker, tenant, scope);
            if (renewal != Renewal.BEGUN) {
                byte[] fresh = scopeKey(worker, tenant, person);
                byte[] former = former(worker, tenant, scope, fresh);
                for (String id : Tables.strings(
                        worker,
                        "select k.memory from memory_key k join scope_key s on s.tenant = k.tenant join fact f"
                                + " on f.tenant = k.tenant and f.id = k.memory and f.scope = s.scope"
                                + " where k.tenant = ? and s.scope = ? and k.under <> s.generation",
                        tenant,
                        scope)) rewrap(worker, tenant, id, former, fresh);
                run(worker, "delete from key_renewal where tenant = ? and scope = ?", tenant, scope);
            }
            worker.commit();
        }
    }

    private void begin(Connection worker, String tenant, String scope) throws SQLException {
        byte[] former = scopeKey(worker, tenant, scope.substring("person:".length()));
        byte[] fresh = Aes.newKey();
        long generation =
                number(worker, "select generation from scope_key where tenant = ? and scope = '" + scope + "'", tenant);
        byte[] tenantKey = masters.first().unwrap(KeyNames.tenantKey(tenant), wrapped(worker, tenant));
        run(
                worker,
                "update scope_key set wrapped = ?, generation = ? where tenant = ? and scope = ?",
                Aes.seal(tenantKey, KeyNames.scopeKey(tenant, scope), fresh),
                generation + 1,
                tenant,
                scope);
        run(
                worker,
                "insert into key_renewal (tenant, scope, generation, wrapped) values (?, ?, ?, ?)",
                tenant,
                scope,
                generation,
                Aes.seal(fresh, KeyNames.formerScopeKey(tenant, scope, generation), former));
    }

    private static byte[] former(Connection worker, String tenant, String scope, byte[] fresh) throws SQLException {
        try (PreparedStatement select =
                worker.prepareStatement("select wrapped, generation from key_renewal where tenant = ? and scope = ?")) {
            select.setString(1, tenant);
            select.setString(2, scope);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Aes.open(fresh, KeyNames.formerScopeKey(tenant, scope, row.getLong(2)), row.getBytes(1));
            }
        }
    }

    private static void rewrap(Connection worker, String tenant, String id, byte[] former, byte[] fresh)
            throws SQLException {
        String name = KeyNames.memoryKey(tenant, id);
        byte[] wrapped;
        try (PreparedStatement select =
                worker.prepareStatement("select wrapped from memory_key where tenant = ? and memory = ?")) {
            select.setString(1, tenant);
            select.setString(2, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                wrapped = row.getBytes(1);
            }
        }
        run(
                worker,
                "update memory_key k set wrapped = ?, under = s.generation from scope_key s, fact f where k.tenant = ?"
                        + " and k.memory = ? and f.tenant = k.tenant and f.id = k.memory and s.tenant = k.tenant"
                        + " and s.scope = f.scope",
                Aes.seal(fresh, name, Aes.open(former, name, wrapped)),
                tenant,
                id);
        run(
                worker,
                "update fact f set marked = s.generation from scope_key s where f.tenant = ? and f.id = ?"
                        + " and s.tenant = f.tenant and s.scope = f.scope",
                tenant,
                id);
    }

    /** The one text that a query finds for a tenant. */
    String text(String tenant, String sql) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            return Tables.strings(worker, sql).getFirst();
        }
    }

    private static byte[] wrapped(Connection worker, String tenant) throws SQLException {
        try (PreparedStatement select = worker.prepareStatement("select wrapped from tenant_key where tenant = ?")) {
            select.setString(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    /** The one number that a query finds for a tenant. */
    long number(String tenant, String sql) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            return number(worker, sql);
        }
    }

    void execute(String tenant, String sql) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            run(worker, sql);
            worker.commit();
        }
    }

    private void insert(
            Connection worker,
            String tenant,
            String person,
            String id,
            String root,
            long handle,
            long change,
            String text)
            throws SQLException {
        byte[] key = Aes.newKey();
        run(
                worker,
                "insert into fact (tenant, id, root, handle, scope, speaker, conversation, said_at, valid_from, change,"
                        + " fingerprint, body) values (?, ?, ?, ?, ?, ?, 'c',"
                        + " now(), now(), ?, ?, ?)",
                tenant,
                id,
                root,
                handle,
                "person:" + person,
                person,
                change,
                new byte[] {1},
                Aes.seal(key, KeyNames.body(tenant, id), text.getBytes(StandardCharsets.UTF_8)));
        run(
                worker,
                "insert into memory_key (tenant, memory, wrapped, under) select ?, ?, ?, generation from scope_key"
                        + " where tenant = ? and scope = ?",
                tenant,
                id,
                Aes.seal(scopeKey(worker, tenant, person), KeyNames.memoryKey(tenant, id), key),
                tenant,
                "person:" + person);
        run(
                worker,
                "update fact f set marked = s.generation from scope_key s where f.tenant = ? and f.id = ?"
                        + " and s.tenant = f.tenant and s.scope = f.scope",
                tenant,
                id);
        run(
                worker,
                "insert into speaker (tenant, person, facts) values (?, ?, 1)"
                        + " on conflict (tenant, person) do update set facts = speaker.facts + 1",
                tenant,
                person);
    }

    private byte[] scopeKey(Connection worker, String tenant, String person) throws SQLException {
        MasterKey master = masters.first();
        String scope = "person:" + person;
        String name = KeyNames.scopeKey(tenant, scope);
        if (!scopes.contains(tenant)) {
            scopes.add(tenant);
            run(
                    worker,
                    "insert into tenant_key (tenant, master_id, wrapped) values (?, ?, ?)",
                    tenant,
                    master.id(),
                    master.wrap(KeyNames.tenantKey(tenant), Aes.newKey()));
        }
        byte[] tenantKey = master.unwrap(KeyNames.tenantKey(tenant), wrapped(worker, tenant));
        run(
                worker,
                "insert into scope_key (tenant, scope, wrapped) values (?, ?, ?) on conflict do nothing",
                tenant,
                scope,
                Aes.seal(tenantKey, name, Aes.newKey()));
        try (PreparedStatement select =
                worker.prepareStatement("select wrapped from scope_key where tenant = ? and scope = ?")) {
            select.setString(1, tenant);
            select.setString(2, scope);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Aes.open(tenantKey, name, row.getBytes(1));
            }
        }
    }

    private static long next(Connection worker, String tenant, String person, int more) throws SQLException {
        try (PreparedStatement update = worker.prepareStatement(
                "insert into memory_scope as s (tenant, scope, change, facts) values (?, ?, 1, ?) on conflict (tenant, scope)"
                        + " do update set change = s.change + 1, facts = s.facts + excluded.facts returning change")) {
            update.setString(1, tenant);
            update.setString(2, "person:" + person);
            update.setInt(3, more);
            try (ResultSet row = update.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long number(Connection worker, String sql, Object... parameters) throws SQLException {
        return Long.parseLong(Tables.strings(worker, sql, parameters).getFirst());
    }

    private static void run(Connection worker, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = worker.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            statement.executeUpdate();
        }
    }
}
