package ai.chela.kit.environment;

import org.jspecify.annotations.Nullable;

/**
 * Every environment variable that a service reads, {@code CHELA_} before the constant's name. The expressions in {@code
 * microprofile-config.properties} and in the services' {@code application.properties} use these and no others; a test
 * holds both to the same names and defaults, and makes the page of the reference.
 */
public enum EnvironmentKey {
    INSTANCE(Reader.EVERY, null, Form.NAME, """
            Name of this instance, unique among all that run: it is in its logs, in the leases that it holds and in \
            the consumer groups that it has for itself. Default: the service's name and `-1`."""),
    TENANT(Reader.EVERY, "local", Form.NAME, "The tenant of what comes in here without naming one."),
    CONFIG(Reader.EVERY, "config", Form.FOLDER, "Folder of the YAML files above."),
    HOME(Reader.EVERY, ".", Form.FOLDER, "Folder for files of the service's own."),

    MANAGEMENT_HOST(Reader.EVERY, "127.0.0.1", Form.HOST, "Address on which health and metrics are served."),
    MANAGEMENT_PORT(Reader.EVERY, "9000", Form.PORT, """
            Port of `/q/health/ready`, `/q/health/live` and `/q/metrics`. Two services on one machine need two."""),

    KAFKA_BOOTSTRAP(Reader.EVERY, "127.0.0.1:9092", Form.HOSTS, "Brokers to begin with."),
    KAFKA_SECURITY_PROTOCOL(
            Reader.EVERY,
            "PLAINTEXT",
            Form.oneOf("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
            "How to talk to Kafka."),
    KAFKA_SASL_MECHANISM(
            Reader.EVERY,
            "PLAIN",
            Form.oneOf("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"),
            "How to log in to Kafka, where the protocol begins with `SASL_`."),
    KAFKA_JAAS(Reader.EVERY, "", Form.JAAS, """
            Kafka's `sasl.jaas.config`: the login module with user and password. Needed where the protocol begins with \
            `SASL_`."""),

    DB_HOST(Reader.EVERY, "127.0.0.1", Form.HOST, "Where PostgreSQL is."),
    DB_PORT(Reader.EVERY, "5432", Form.PORT, "Port of PostgreSQL."),
    DB_NAME(Reader.EVERY, "chela", Form.DATABASE, "Database; each service has a schema in it."),
    DB_PASSWORD(Reader.EVERY, "", Form.LINE, "Password of the role `chela_SERVICE`, which does the work."),
    DB_QUEUE_PASSWORD(
            Reader.EVERY, "", Form.LINE, "Password of the role `chela_SERVICE_queue`, which sees ids and times only."),
    DB_MIGRATION_PASSWORD(
            Reader.EVERY,
            "",
            Form.LINE,
            "Password of the role `chela_SERVICE_owner`, which owns the schema and changes it at the start."),

    OTLP_ENDPOINT(Reader.EVERY, "", Form.URL, "OpenTelemetry collector (OTLP) that traces are sent to; none: nowhere."),
    TRACE_LOG(
            Reader.EVERY,
            "OFF",
            Form.oneOf("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL"),
            "`INFO` writes each finished span into the log as well."),

    HTTP_HOST(Reader.GATEWAY, "127.0.0.1", Form.HOST, "Address on which the HTTP API is served."),
    HTTP_PORT(Reader.GATEWAY, "8620", Form.PORT, "Port of the HTTP API."),
    TOKEN_FILE(Reader.GATEWAY, "", Form.FILE, """
            File with the owner's bearer token. Without it only persons with a token of their own can call."""),

    OWN_ADDRESSES(Reader.SCHEDULER, "", Form.HOSTS, """
            Every listener of the installation. A watch on one of them, or on a name that leads there, is refused."""),

    MASTER_KEY(Reader.MEMORY, null, Form.REFERENCE, """
            Where the key above all keys of the memories is: 32 random bytes in Base64. Without it, or with another \
            one than before, the service does not start.""");

    /** Which service reads it. */
    public enum Reader {
        EVERY,
        GATEWAY,
        SCHEDULER,
        MEMORY
    }

    private final Reader reader;
    private final @Nullable String standard;
    private final Form form;
    private final String sentence;

    EnvironmentKey(Reader reader, @Nullable String standard, Form form, String sentence) {
        this.reader = reader;
        this.standard = standard;
        this.form = form;
        this.sentence = sentence;
    }

    /** As it is written in the environment. */
    public String variable() {
        return "CHELA_" + name();
    }

    public Reader reader() {
        return reader;
    }

    /** What holds where it is not set; empty: nothing; null: there is none, or the service computes it. */
    public @Nullable String standard() {
        return standard;
    }

    /** What a value may be, for people. */
    public String allowed() {
        return form.allowed();
    }

    /** What it is, for people. */
    public String sentence() {
        return sentence;
    }

    /** Whether its value may never be shown. */
    public boolean secret() {
        return switch (this) {
            case KAFKA_JAAS, DB_PASSWORD, DB_QUEUE_PASSWORD, DB_MIGRATION_PASSWORD, MASTER_KEY -> true;
            case INSTANCE,
                    TENANT,
                    CONFIG,
                    HOME,
                    MANAGEMENT_HOST,
                    MANAGEMENT_PORT,
                    KAFKA_BOOTSTRAP,
                    KAFKA_SECURITY_PROTOCOL,
                    KAFKA_SASL_MECHANISM,
                    DB_HOST,
                    DB_PORT,
                    DB_NAME,
                    OTLP_ENDPOINT,
                    TRACE_LOG,
                    HTTP_HOST,
                    HTTP_PORT,
                    TOKEN_FILE,
                    OWN_ADDRESSES -> false;
        };
    }

    boolean fits(String value) {
        return form.fits().test(value);
    }
}
