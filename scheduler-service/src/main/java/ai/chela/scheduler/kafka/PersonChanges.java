package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.scheduler.due.Owners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Notes who may still act. The topic is read from its beginning at every start. */
@ApplicationScoped
public class PersonChanges {
    private static final Logger LOG = Logger.getLogger(PersonChanges.class);

    private final Transactions transactions;
    private final Owners owners;

    public PersonChanges(Transactions transactions, Owners owners) {
        this.transactions = transactions;
        this.owners = owners;
    }

    void read(@Observes Subscriptions topics) {
        topics.direct(Topic.PERSON_CHANGED, PersonChanged.class, this::changed);
    }

    /** Tries until it is noted: firing for someone who has left is worse than firing late. */
    public Uni<Void> changed(Envelope envelope, PersonChanged person) {
        return transactions
                .run("person.note", Origin.of(envelope), unit -> owners.note(unit, person, envelope.time()))
                .onFailure()
                .invoke(failure -> LOG.warnf("person.not-noted cause=%s", failure.toString()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                .indefinitely();
    }
}
