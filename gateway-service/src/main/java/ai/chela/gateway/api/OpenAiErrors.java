package ai.chela.gateway.api;

import ai.chela.gateway.openai.ChatRequest;
import ai.chela.gateway.openai.Completion;
import ai.chela.kit.tenancy.DatabaseFaults;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Failures in the form that OpenAI's clients read. */
final class OpenAiErrors {
    private static final Logger LOG = Logger.getLogger(OpenAiErrors.class);

    private OpenAiErrors() {}

    static void answer(RoutingContext http, @Nullable Throwable failure, int status) {
        if (http.response().ended() || http.response().closed()) return;
        if (failure instanceof ChatRequest.RefusedException refused) {
            int code = refused.code().equals("model_not_found") ? 404 : 400;
            end(
                    http,
                    code,
                    Completion.error(text(refused), "invalid_request_error", refused.param(), refused.code()),
                    null);
            return;
        }
        ProblemException problem = problem(failure, status);
        end(http, problem.status(), body(problem), problem.retryAfter());
    }

    /** The turn failed: asking again would be another turn, so that clients must not do it by themselves. */
    static void failed(RoutingContext http, String code, String text) {
        end(http, 502, Completion.error(text, "server_error", null, code), null);
    }

    static ProblemException late(String conversation) {
        return new ProblemException(
                504,
                "no-answer",
                "No answer in time",
                "There is no answer yet. It will be in the conversation " + conversation
                        + " (GET /api/v1/conversations/" + conversation + "/messages).",
                null);
    }

    /** An error within a stream. */
    static String chunk(Throwable failure) {
        return body(problem(failure, 500));
    }

    /** The client left; the answer stays in its conversation. */
    static void gone(Throwable failure) {
        LOG.debugf("openai.client-gone cause=%s", failure.getClass().getSimpleName());
    }

    private static ProblemException problem(@Nullable Throwable failure, int status) {
        if (failure instanceof ProblemException problem) return problem;
        if (failure == null && status == 413) return ProblemException.tooLarge("The body is larger than 4 MiB.");
        if (failure != null && DatabaseFaults.isAway(failure))
            return ProblemException.unavailable("The database does not answer. Send the same again.");
        LOG.errorf(failure, "openai.request-failed status=%d", status);
        return new ProblemException(
                500,
                "internal",
                "Something is wrong here",
                "Something is wrong here; it is in the log of gateway-service (./chela logs gateway).",
                null);
    }

    private static String body(ProblemException problem) {
        String type = switch (problem.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> problem.status() >= 500 ? "server_error" : "invalid_request_error";
        };
        return Completion.error(problem.detail(), type, null, problem.code().replace('-', '_'));
    }

    private static void end(RoutingContext http, int status, String body, @Nullable Duration retryAfter) {
        var response = http.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        if (status == 401) response.putHeader("WWW-Authenticate", "Bearer");
        if (retryAfter != null) response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        // OpenAI's own clients repeat 409 and 5xx unless they are told not to
        response.putHeader("x-should-retry", Boolean.toString(retryAfter != null));
        response.end(body);
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
