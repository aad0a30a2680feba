package ai.chela.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies that no resource takes in the form that their sender reads: the server's own limit, which comes after
 * this one, ends a request without a word. It still does for a body whose length is not announced.
 */
@ApplicationScoped
class BodyLimit {
    /** Before the server's own limit. */
    private static final int ORDER = -10;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final long max;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.max = max.asLongValue();
    }

    void routes(@Observes Router router) {
        router.route().order(ORDER).handler(this::check);
    }

    private void check(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && tooLong(length)) refuse(http);
        else http.next();
    }

    /** What is no number is refused by the server before it comes here. */
    private boolean tooLong(String length) {
        try {
            return Long.parseLong(length) > max;
        } catch (NumberFormatException _) {
            return true;
        }
    }

    private void refuse(RoutingContext http) {
        ProblemException problem = ProblemException.tooLarge(
                "The body has more than " + max + " bytes, the most that anything here takes.");
        // what the client still sends is not read
        http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        if (http.request().path().startsWith("/v1/")) OpenAiErrors.answer(http, problem, 413);
        else
            http.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .end(json(problem));
    }

    private static String json(ProblemException problem) {
        try {
            return MAPPER.writeValueAsString(ProblemAnswers.rfc9457(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem that cannot be written as JSON", e);
        }
    }
}
