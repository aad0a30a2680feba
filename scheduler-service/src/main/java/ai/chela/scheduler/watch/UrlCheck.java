package ai.chela.scheduler.watch;

import ai.chela.scheduler.watch.CheckOutcome.Answered;
import ai.chela.scheduler.watch.CheckOutcome.Unanswered;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a URL once by GET. The name is resolved here, its addresses are judged, and the connection goes to the judged
 * address, so that no second look-up can lead elsewhere; so at every redirect.
 */
@ApplicationScoped
public class UrlCheck {
    /** How many redirects are followed. */
    static final int REDIRECTS = 3;

    /** How much of a body is read, and thrown away, so that small answers end politely. */
    private static final long BODY_BYTES = 64 * 1024;

    /** How long a body is read; the status is known before it. */
    private static final long BODY_MILLIS = 1_000;

    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);

    /**
     * One check.
     *
     * @param approved whether a person has approved the URL's own address although it is not public
     * @param expectedStatus a redirect that is expected is not followed
     * @param timeout of all of it
     */
    public record Question(Target target, boolean approved, int expectedStatus, Duration timeout) {}

    /** The first hop's address, which alone an approval is for. */
    private record Hop(Target target, int number, @Nullable InetAddress approvedAddress, int approvedPort) {}

    private record Head(int status, @Nullable String location) {}

    private final Hosts hosts;
    private final Vertx vertx;
    private final HttpClient client;

    public UrlCheck(Hosts hosts, Vertx vertx) {
        this.hosts = hosts;
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setMaxHeaderSize(32 * 1024));
    }

    /** The outcome; whatever goes wrong at the other end is one, never a failure. */
    public Uni<CheckOutcome> ask(Question question) {
        return hop(question, new Hop(question.target(), 0, null, 0))
                .ifNoItem()
                .after(question.timeout())
                .fail()
                .onFailure(UrlCheck::isTheirs)
                .recoverWithItem(failure -> new Unanswered(problem(failure)));
    }

    private Uni<CheckOutcome> hop(Question question, Hop hop) {
        Target target = hop.target();
        return hosts.resolve(target.host()).chain(resolved -> {
            AddressRule rule = AddressRule.judge(target.host(), resolved.addresses(), target.port(), resolved.own());
            return switch (rule) {
                case AddressRule.OwnService _ -> unanswered(Problem.OWN_SERVICE);
                case AddressRule.Open(var address) -> connect(question, hop, address);
                case AddressRule.NeedsApproval closed ->
                    mayEnter(question, hop, closed.address())
                            ? connect(question, hop, closed.address())
                            : unanswered(Problem.PRIVATE);
            };
        });
    }

    /** An approval covers the URL's own address, and a redirect that stays there (or goes on to its https port). */
    private static boolean mayEnter(Question question, Hop hop, InetAddress address) {
        if (!question.approved()) return false;
        if (hop.number() == 0) return true;
        int port = hop.target().port();
        return address.equals(hop.approvedAddress()) && (port == hop.approvedPort() || port == 443);
    }

    private Uni<CheckOutcome> connect(Question question, Hop hop, InetAddress address) {
        return get(hop.target(), address, question.timeout()).chain(head -> {
            boolean follow = REDIRECTING.contains(head.status()) && head.status() != question.expectedStatus();
            String location = head.location();
            if (!follow || location == null) return Uni.createFrom().item(new Answered(head.status()));
            if (hop.number() >= REDIRECTS) return unanswered(Problem.REDIRECTS);
            return switch (hop.target().redirected(location)) {
                case Target.Parsed.Flawed _ -> unanswered(Problem.BAD_REDIRECT);
                case Target.Parsed.Fine(var next) -> hop(question, next(hop, next, address));
            };
        });
    }

    private static Hop next(Hop hop, Target target, InetAddress reached) {
        return hop.number() == 0
                ? new Hop(target, 1, reached, hop.target().port())
                : new Hop(target, hop.number() + 1, hop.approvedAddress(), hop.approvedPort());
    }

    private Uni<Head> get(Target target, InetAddress address, Duration timeout) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setConnectTimeout(timeout.toMillis())
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "chela-watch")
                .putHeader("Accept", "*/*");
        return Uni.createFrom()
                .completionStage(() -> client.request(options)
                        .compose(request -> request.send().compose(response -> head(request, response)))
                        .toCompletionStage());
    }

    /** The head, when the body has ended, is longer than is read, or takes too long; then the connection is closed. */
    private io.vertx.core.Future<Head> head(HttpClientRequest request, HttpClientResponse response) {
        io.vertx.core.Promise<Head> read = io.vertx.core.Promise.promise();
        Head head = new Head(response.statusCode(), response.getHeader("Location"));
        AtomicLong bytes = new AtomicLong();
        long timer = vertx.setTimer(BODY_MILLIS, _ -> read.tryComplete(head));
        response.exceptionHandler(_ -> read.tryComplete(head));
        response.endHandler(_ -> read.tryComplete(head));
        response.handler(buffer -> {
            if (bytes.addAndGet(buffer.length()) > BODY_BYTES) read.tryComplete(head);
        });
        return read.future().onComplete(_ -> {
            vertx.cancelTimer(timer);
            request.reset();
        });
    }

    private static Uni<CheckOutcome> unanswered(Problem problem) {
        return Uni.createFrom().item(new Unanswered(problem));
    }

    /** A mistake of ours is not the address's failure. */
    private static boolean isTheirs(Throwable failure) {
        return !(failure instanceof NullPointerException || failure instanceof IllegalStateException);
    }

    private static Problem problem(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) return Problem.UNKNOWN_NAME;
            if (t instanceof io.netty.channel.ConnectTimeoutException) return Problem.TIMEOUT;
            if (t instanceof TimeoutException || t instanceof io.smallrye.mutiny.TimeoutException)
                return Problem.TIMEOUT;
            if (t instanceof ConnectException) return Problem.REFUSED;
            if (t instanceof SSLException) return Problem.TLS;
        }
        return Problem.BROKEN;
    }
}
