package ai.chela.gateway.conversation;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads what was said. */
@ApplicationScoped
public class History {
    /**
     * A piece of a conversation.
     *
     * @param messages messages, approvals and answers in order, without steps
     * @param last number of the last event looked at: ask for what comes after it
     * @param more whether there was more than fits
     */
    public record Page(List<StoredEvent> messages, long last, boolean more) {}

    private static final int PAGE = 200;

    private final Transactions transactions;
    private final String tenant;

    public History(Transactions transactions, @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.tenant = tenant;
    }

    /** What was said after the event of that number; null when the person has no such conversation. */
    public Uni<@Nullable Page> after(ConversationId conversation, long number) {
        return transactions.run(
                "history.read",
                origin(conversation),
                unit -> ConversationStore.find(unit, conversation)
                        .chain(found -> found == null
                                ? Uni.createFrom().nullItem()
                                : ConversationStore.after(unit, conversation, number, PAGE)
                                        .map(events -> page(events, number))));
    }

    /** The number of the last event, 0 when there is no such conversation. */
    public Uni<Long> last(ConversationId conversation) {
        return transactions.run(
                "history.last",
                origin(conversation),
                unit -> ConversationStore.find(unit, conversation).map(found -> found == null ? 0 : found.lastEvent));
    }

    private static Page page(List<StoredEvent> events, long after) {
        List<StoredEvent> said =
                events.stream().filter(event -> event.kind() != EventType.STEP).toList();
        return new Page(said, events.isEmpty() ? after : events.getLast().number(), events.size() == PAGE);
    }

    private Origin origin(ConversationId conversation) {
        return Origin.first(tenant, Principal.person(conversation.person()), conversation.wire());
    }
}
