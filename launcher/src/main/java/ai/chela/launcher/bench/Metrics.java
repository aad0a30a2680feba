package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a service counts, in Prometheus' text form. */
record Metrics(String text) {
    static Metrics of(int managementPort) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/metrics"))
                .timeout(Duration.ofSeconds(5))
                .header("Accept", "text/plain")
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200)
                throw new Problem("The metrics on port " + managementPort + ": status " + response.statusCode());
            return new Metrics(response.body());
        } catch (IOException e) {
            throw new Problem("No metrics on port " + managementPort + ": " + Problem.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted", e);
        }
    }

    /**
     * The value of a metric; 0 when it has not counted anything yet.
     *
     * @param label a label as it is written, such as {@code tool="time.now"}; empty: any
     */
    double value(String name, String label) {
        double sum = 0;
        for (String line : text.lines().toList()) {
            int end = line.lastIndexOf(' ');
            if (end < 0 || line.startsWith("#")) continue;
            String metric = line.substring(0, end);
            boolean named = metric.equals(name) || metric.startsWith(name + "{");
            if (named && metric.contains(label)) sum += Double.parseDouble(line.substring(end + 1));
        }
        return sum;
    }

    /** The mean in milliseconds of what a timer recorded since; not a number when that is nothing. */
    double meanMillisSince(Metrics before, String timer, String label) {
        double count = value(timer + "_seconds_count", label) - before.value(timer + "_seconds_count", label);
        double sum = value(timer + "_seconds_sum", label) - before.value(timer + "_seconds_sum", label);
        return count > 0 ? sum / count * 1000 : Double.NaN;
    }
}
