package ai.chela.system.fault;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What management ports tell. */
final class Scrape {
    private static final int PATIENCE_MILLIS = 2_000;

    private Scrape() {}

    static boolean answers(int port, String path) {
        return get(port, path).isPresent();
    }

    /** The sum of all samples of metrics whose name holds a word; empty when there is none or nobody answers. */
    static Optional<Double> sum(int port, String word) {
        return get(port, "/q/metrics")
                .flatMap(text -> text.lines()
                        .filter(line -> !line.startsWith("#") && line.split("[ {]", 2)[0].contains(word))
                        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .reduce(Double::sum));
    }

    private static Optional<String> get(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            if (connection.getResponseCode() != 200) return Optional.empty();
            return Optional.of(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty(); // it is being started, or stands still
        }
    }
}
