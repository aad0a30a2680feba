package ai.chela.gateway;

import ai.chela.kit.test.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A database behind a wire that can be cut, and no Kafka at all. */
public final class CutStack implements QuarkusTestResourceLifecycleManager {
    /** Nothing listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    static final Wire DATABASE = new Wire();

    private final TestStack stack = new TestStack();

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        stack.init(Map.of("schema", "gateway"));
        Map<String, String> settings = new HashMap<>(stack.start());
        int port = URI.create(settings.getOrDefault("quarkus.datasource.migration.jdbc.url", "")
                        .substring("jdbc:".length()))
                .getPort();
        int wire = DATABASE.open(port);
        settings.replaceAll((_, value) -> value.replace("127.0.0.1:" + port, "127.0.0.1:" + wire));
        settings.put("kafka.bootstrap.servers", NOWHERE);
        return settings;
    }

    @Override
    public void stop() {
        DATABASE.close();
    }
}
