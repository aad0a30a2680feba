package ai.chela.launcher.bench;

import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.kafka.KafkaBroker;
import java.io.IOException;
import java.util.List;
import java.util.Properties;

/** How a client of the benchmark reaches the broker of the stack. */
final class BrokerAccess {
    private BrokerAccess() {}

    static Properties of(Bench bench) throws IOException {
        int port = bench.state().port(KafkaBroker.NAME).orElseThrow();
        String password = Secrets.of(bench.data(), List.of()).password(KafkaBroker.account(KafkaBroker.ADMIN));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:" + port);
        properties.put("security.protocol", "SASL_PLAINTEXT");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + KafkaBroker.ADMIN
                        + "\" password=\"" + password + "\";");
        return properties;
    }
}
