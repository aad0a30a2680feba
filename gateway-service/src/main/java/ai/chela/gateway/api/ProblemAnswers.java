package ai.chela.gateway.api;

import ai.chela.kit.tenancy.DatabaseFaults;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where failures become answers. */
public class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

    /** RFC 9457. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection // no method names it as what it returns
    public record Problem(String type, String title, int status, String detail) {}

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return answer(problem);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException failure, UriInfo uri) {
        int status = failure.getResponse().getStatus();
        return answer(
                switch (status) {
                    case 404 ->
                        ProblemException.notFound("There is nothing at " + uri.getPath() + "; see /api/openapi.");
                    case 405 ->
                        new ProblemException(
                                405, "method-not-allowed", "Not with this method", "See /api/openapi.", null);
                    case 406 ->
                        new ProblemException(
                                406, "not-acceptable", "Not in that form", "Ask for what /api/openapi names.", null);
                    case 413 -> ProblemException.tooLarge("The body is larger than anything that is taken here.");
                    case 415 ->
                        new ProblemException(
                                415,
                                "unsupported-media-type",
                                "Not of that type",
                                "Send Content-Type: application/json.",
                                null);
                    default -> {
                        if (status >= 500) LOG.errorf(failure, "request.failed path=%s", uri.getPath());
                        yield new ProblemException(
                                status, "http-" + status, "The request was refused", "See /api/openapi.", null);
                    }
                });
    }

    @ServerExceptionMapper
    public Response other(Throwable failure, UriInfo uri) {
        if (DatabaseFaults.isAway(failure)) {
            LOG.warnf("request.database-away path=%s cause=%s", uri.getPath(), failure.toString());
            return answer(ProblemException.unavailable(
                    "The database does not answer. Nothing was lost: send the same again, with the same id."));
        }
        LOG.errorf(failure, "request.failed path=%s", uri.getPath());
        return answer(new ProblemException(
                500,
                "internal",
                "Something is wrong here",
                "It is in the log of gateway-service (./chela logs gateway). The same request may be sent again.",
                null));
    }

    private static Response answer(ProblemException problem) {
        Response.ResponseBuilder answer = Response.status(problem.status());
        answer.type("application/problem+json").entity(rfc9457(problem));
        Duration wait = problem.retryAfter();
        if (wait != null) answer.header("Retry-After", Math.max(1, wait.toSeconds() + (wait.getNano() > 0 ? 1 : 0)));
        if (problem.status() == 401) answer.header("WWW-Authenticate", "Bearer");
        return answer.build();
    }

    static Problem rfc9457(ProblemException problem) {
        return new Problem("urn:chela:problem:" + problem.code(), problem.title(), problem.status(), problem.detail());
    }
}
