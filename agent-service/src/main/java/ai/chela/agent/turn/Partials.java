package ai.chela.agent.turn;

import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.wire.Ids;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Broadcasts what a model has written so far, several pieces at a time. */
@ApplicationScoped
public class Partials {
    private static final Logger LOG = Logger.getLogger(Partials.class);

    /** Short enough to look alive, long enough not to send each token by itself. */
    private static final long PAUSE_MILLIS = 40;

    private final DirectSender direct;
    private final Vertx vertx;

    public Partials(DirectSender direct, Vertx vertx) {
        this.direct = direct;
        this.vertx = vertx;
    }

    /** {@code step} names the model call, so that the pieces of two calls have different ids. */
    Stream open(Origin origin, @Nullable String inReplyTo, int attempt, String step) {
        return new Stream(origin, inReplyTo, attempt, step);
    }

    /** The pieces of one model call. Thread-safe. */
    final class Stream {
        private final Origin origin;
        private final @Nullable String inReplyTo;
        private final int attempt;
        private final String step;
        private final StringBuilder waiting = new StringBuilder();
        private int index;
        private boolean planned;
        private boolean closed;

        private Stream(Origin origin, @Nullable String inReplyTo, int attempt, String step) {
            this.origin = origin;
            this.inReplyTo = inReplyTo;
            this.attempt = attempt;
            this.step = step;
        }

        synchronized void add(String piece) {
            if (closed) return;
            waiting.append(piece);
            if (!planned) {
                planned = true;
                vertx.setTimer(PAUSE_MILLIS, _ -> flush());
            }
        }

        /** What was not sent yet comes with the whole answer. */
        synchronized void close() {
            closed = true;
        }

        private synchronized void flush() {
            planned = false;
            if (closed || waiting.isEmpty()) return;
            ReplyPartial partial = new ReplyPartial(inReplyTo, attempt, index, waiting.toString());
            waiting.setLength(0);
            direct.send(Topic.REPLY_PARTIAL, origin, Ids.derive(step, "partial", index), null, partial)
                    .subscribe()
                    .with(_ -> {}, failure -> LOG.debugf("partial.lost cause=%s", failure));
            index++;
        }
    }
}
