package ai.chela.gateway.conversation;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.EventStored;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.work.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The open streams of this instance, told at once of what is stored here and by broadcast of what others store. */
@ApplicationScoped
public class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    /** How late an event of another instance is shown when its broadcast was lost. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** How long an instance that does not hold the message's stream may go without knowing of it. */
    private static final long PATIENCE_MILLIS = 100;

    private final Transactions transactions;
    private final DirectSender sender;
    private final Vertx vertx;
    private final GatewayConfig config;
    private final String tenant;
    private final ConcurrentHashMap<String, Set<EventStream>> open = new ConcurrentHashMap<>();
    /** The last message by conversation that other instances have not been told of. */
    private final ConcurrentHashMap<String, Long> latest = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final Ticker look;
    private volatile long timer = -1;

    public EventStreams(
            Transactions transactions,
            DirectSender sender,
            Vertx vertx,
            GatewayConfig config,
            MeterRegistry meters,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.sender = sender;
        this.vertx = vertx;
        this.config = config;
        this.tenant = tenant;
        this.look = new Ticker("streams.look", vertx, LOOK, this::look);
        meters.gauge("chela.streams.open", count);
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(
                config.heartbeat().toMillis(), _ -> open.values().forEach(of -> of.forEach(EventStream::heartbeat)));
        look.start();
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        look.stop();
    }

    /**
     * What happens in a conversation after the event of that number, for as long as it is subscribed; also when the
     * conversation does not exist yet.
     */
    public Multi<Frame> open(ConversationId conversation, long after) {
        Origin origin = Origin.first(tenant, Principal.person(conversation.person()), conversation.wire());
        return Multi.createFrom().deferred(() -> {
            EventStream stream = new EventStream(
                    after,
                    from -> transactions
                            .run(
                                    "stream.read",
                                    origin,
                                    unit -> ConversationStore.after(unit, conversation, from, EventStream.page()))
                            .onFailure()
                            .retry()
                            .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                            .indefinitely());
            String key = key(tenant, conversation.wire());
            open.compute(key, (_, streams) -> {
                Set<EventStream> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
                all.add(stream);
                return all;
            });
            count.incrementAndGet();
            return stream.frames().onTermination().invoke(() -> close(key, stream));
        });
    }

    /** An event was committed here: shown at once, and told to the other instances. */
    void stored(Origin origin, ConversationId conversation, StoredEvent event) {
        each(origin.tenant(), conversation.wire(), stream -> stream.stored(event));
        if (event.kind() == EventType.ACCEPTED) tellUnlessMoreComes(origin, event);
        else tell(origin, event);
    }

    /** Who is told of the answer looks up the message before it as well, and most answers come before this time is over. */
    private void tellUnlessMoreComes(Origin origin, StoredEvent event) {
        String conversation = key(origin);
        latest.put(conversation, event.number());
        vertx.setTimer(PATIENCE_MILLIS, _ -> {
            if (latest.remove(conversation, event.number())) tell(origin, event);
        });
    }

    private void tell(Origin origin, StoredEvent event) {
        latest.computeIfPresent(key(origin), (_, number) -> number <= event.number() ? null : number);
        sender.send(Topic.EVENT_STORED, origin, Ids.random(), null, new EventStored(event.number()))
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf(
                                "event.broadcast-failed conversation=%s number=%d cause=%s",
                                origin.conversation(),
                                event.number(),
                                failure.getClass().getSimpleName()));
    }

    private static String key(Origin origin) {
        return key(origin.tenant(), String.valueOf(origin.conversation()));
    }

    /** Some instance committed an event. */
    public void told(String ofTenant, String conversation, long number) {
        each(ofTenant, conversation, stream -> stream.lookAgain(number));
    }

    public void partial(String ofTenant, String conversation, ReplyPartial partial) {
        each(ofTenant, conversation, stream -> stream.partial(partial));
    }

    /** Broadcasts may be lost, so all open conversations are looked at together from time to time. */
    private Uni<Void> look() {
        String[] conversations = open.keySet().stream()
                .filter(key -> key.startsWith(tenant + "/"))
                .map(key -> key.substring(tenant.length() + 1))
                .toArray(String[]::new);
        if (conversations.length == 0) return Uni.createFrom().voidItem();
        return transactions
                .run(
                        "streams.look",
                        Origin.first(tenant, Principal.service("gateway"), null),
                        unit -> ConversationStore.lastEvents(unit, conversations))
                .invoke(last -> last.forEach((conversation, number) -> told(tenant, conversation, number)))
                .replaceWithVoid();
    }

    private void each(String ofTenant, String conversation, Consumer<EventStream> action) {
        open.getOrDefault(key(ofTenant, conversation), Set.of()).forEach(action);
    }

    private void close(String key, EventStream stream) {
        stream.close();
        open.computeIfPresent(key, (_, streams) -> {
            if (streams.remove(stream)) count.decrementAndGet();
            return streams.isEmpty() ? null : streams;
        });
    }

    private static String key(String tenant, String conversation) {
        return tenant + "/" + conversation;
    }
}
