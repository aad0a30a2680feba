package ai.chela.gateway.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an RFC 9457 problem: what was wrong, where, and what to do. Never holds anything that
 * the caller may not see.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable Duration retryAfter;

    /**
     * @param status of HTTP
     * @param code stable, the end of the problem's {@code type}, e.g. {@code message-too-large}
     * @param title the same for every problem of that code
     * @param detail this one: what, where, what to do
     */
    public ProblemException(int status, String code, String title, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "bad-request", "The request is not right", detail, null);
    }

    static ProblemException unauthorized(String detail) {
        return new ProblemException(401, "unauthorized", "Who are you?", detail, null);
    }

    static ProblemException forbidden(String detail) {
        return new ProblemException(403, "forbidden", "You may not do that", detail, null);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, "not-found", "There is no such thing", detail, null);
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(409, "conflict", "It was decided otherwise before", detail, null);
    }

    static ProblemException tooLarge(String detail) {
        return new ProblemException(413, "too-large", "The request is too large", detail, null);
    }

    static ProblemException tooMany(Duration wait) {
        return new ProblemException(
                429,
                "too-many-requests",
                "Too many messages",
                "Wait as long as Retry-After says, then send it again.",
                wait);
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(503, "unavailable", "Not at the moment", detail, Duration.ofSeconds(2));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
