package ai.chela.gateway.view;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.contracts.view.ViewRequested.Kind;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.identity.Person;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks other services what a person may see there. A lost question is not asked again: the caller is told who was silent. */
@ApplicationScoped
public class Views {
    /** The service did not answer in time. */
    public static final class SilentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SilentException(String service, long seconds) {
            super(service + " did not answer within " + seconds + " s.", null, false, false);
        }
    }

    private record Waiting(UniEmitter<? super Object> emitter) {}

    private final DirectSender sender;
    private final GatewayConfig config;
    private final String tenant;
    private final String instance;
    private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();

    public Views(
            DirectSender sender,
            GatewayConfig config,
            @ConfigProperty(name = "chela.tenant") String tenant,
            @ConfigProperty(name = "chela.instance") String instance) {
        this.sender = sender;
        this.config = config;
        this.tenant = tenant;
        this.instance = instance;
    }

    /** The person's triggers; fails with {@link SilentException} when scheduler-service does not answer in time. */
    public Uni<ScheduleViewed> triggers(Person person) {
        return ask(person, Kind.TRIGGERS, "scheduler-service").map(ScheduleViewed.class::cast);
    }

    /** What is remembered for the person; fails with {@link SilentException} when memory-service does not answer. */
    public Uni<MemoryViewed> memories(Person person) {
        return ask(person, Kind.MEMORIES, "memory-service").map(MemoryViewed.class::cast);
    }

    /** An answer came, perhaps for another instance. */
    public void answered(String requestId, Object view) {
        Waiting asked = waiting.remove(requestId);
        if (asked != null) asked.emitter().complete(view);
    }

    private Uni<Object> ask(Person person, Kind kind, String service) {
        String id = Ids.random();
        Origin origin = Origin.first(tenant, Principal.person(person.id()), null);
        return Uni.createFrom()
                .emitter(emitter -> {
                    waiting.put(id, new Waiting(emitter));
                    sender.send(Topic.VIEW_REQUESTED, origin, id, null, new ViewRequested(id, instance, kind))
                            .subscribe()
                            .with(_ -> {}, emitter::fail);
                })
                .ifNoItem()
                .after(config.viewTimeout())
                .failWith(
                        () -> new SilentException(service, config.viewTimeout().toSeconds()))
                .onTermination()
                .invoke(() -> waiting.remove(id));
    }
}
