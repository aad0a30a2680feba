package ai.chela.gateway.channel;

import ai.chela.contracts.Principal;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.Incoming;
import ai.chela.gateway.conversation.Intake;
import ai.chela.gateway.conversation.MessageText;
import ai.chela.gateway.identity.Directory;
import ai.chela.gateway.identity.Pairings;
import ai.chela.gateway.identity.Person;
import ai.chela.gateway.ratelimit.RateLimit;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes what a chat platform tells: a known person's message is accepted, an unknown address gets a pairing code. */
@ApplicationScoped
public class Inbound {
    private static final Logger LOG = Logger.getLogger(Inbound.class);

    /**
     * A message as the platform has it.
     *
     * @param channel the platform
     * @param address who sent it, in the form that people.yaml uses
     * @param id the platform's own id of it, the same when it is delivered again; null when there is none
     */
    public record Told(
            String channel, String address, @Nullable String id, String text) {}

    private final Directory directory;
    private final Intake intake;
    private final Pairings pairings;
    private final Outbound outbound;
    private final Transactions transactions;
    private final RateLimit rate;
    private final String tenant;

    public Inbound(
            Directory directory,
            Intake intake,
            Pairings pairings,
            Outbound outbound,
            Transactions transactions,
            RateLimit rate,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.directory = directory;
        this.intake = intake;
        this.pairings = pairings;
        this.outbound = outbound;
        this.transactions = transactions;
        this.rate = rate;
        this.tenant = tenant;
    }

    /** Whether anybody is known by this address. */
    public boolean knows(String channel, String address) {
        return directory.byAddress(channel, address) != null;
    }

    /** The language of who has this address, null when nobody is known by it. */
    public @Nullable String language(String channel, String address) {
        Person person = directory.byAddress(channel, address);
        return person == null ? null : person.language();
    }

    /** Completes when the message, or what is answered instead of taking it, is stored. */
    public Uni<Void> take(Told told) {
        if (told.text().isBlank()) return Uni.createFrom().voidItem();
        Person person = directory.byAddress(told.channel(), told.address());
        if (person == null) return unknown(told);
        String id = messageId(told);
        String problem = MessageText.problem(told.text());
        if (problem != null) return refuse(told, person, id, refusal(person, problem));
        if (!rate.take(person.id()).isZero()) return refuse(told, person, id, tooMany(person));
        Incoming incoming = new Incoming(
                person,
                conversation(person, told),
                told.channel(),
                id,
                told.text(),
                Mode.ASSISTANT,
                List.of(),
                null,
                null);
        return intake.accept(incoming, told.address())
                .chain(outcome -> outcome instanceof Intake.Outcome.Conflicting
                        ? conflicting(told, person, id)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> unknown(Told told) {
        if (!pairings.mayAsk(told.channel(), told.address()))
            return Uni.createFrom().voidItem();
        Origin origin = Origin.first(tenant, Principal.service("gateway"), null);
        String cause = "unknown " + told.address() + " " + messageId(told);
        return transactions.run(
                "pairing.ask",
                origin,
                unit -> pairings.ask(unit, told.channel(), told.address())
                        .chain(code -> outbound.store(unit, told.channel(), told.address(), cause, hello(code))));
    }

    /** A client that uses an id twice: what it says the second time is not lost silently. */
    private Uni<Void> conflicting(Told told, Person person, String id) {
        LOG.warnf("channel.conflicting-id channel=%s id=%s", told.channel(), id);
        return refuse(told, person, id, usedId(person));
    }

    private Uni<Void> refuse(Told told, Person person, String id, String answer) {
        Origin origin = Origin.first(tenant, Principal.person(person.id()), null);
        return transactions.run("message.refuse", origin, unit -> {
            unit.audit("message.refused", id, "denied", null);
            String cause = "refused " + told.address() + " " + id + " " + Ids.derive(told.text());
            return outbound.store(unit, told.channel(), told.address(), cause, answer);
        });
    }

    private static String refusal(Person person, String problem) {
        return person.language().equals("zh")
                ? "这条消息无法接收：文本不符合要求（" + problem + "）。请修改后重新发送。"
                : "This message was not taken: its text " + problem + ". Change it and send it again.";
    }

    private static String tooMany(Person person) {
        return person.language().equals("zh")
                ? "消息过多，这条未被接收。请稍后重新发送。"
                : "Too many messages: this one was not taken. Send it again in a moment.";
    }

    private static String usedId(Person person) {
        return person.language().equals("zh")
                ? "这条消息未被接收：您的聊天软件给它用了一条更早消息的编号。请重新发送。"
                : "This message was not taken: your chat client gave it the id of an earlier one. Send it again.";
    }

    private static String hello(Pairings.Code code) {
        return """
                Hello. I do not know this address yet. Ask the owner of this Chela to run
                ./chela pair %s
                The code is valid for %d minutes.

                你好，我还不认识这个地址。请让这套 Chela 的管理员运行
                ./chela pair %s
                该配对码 %d 分钟内有效。""".formatted(code.code(), code.minutes(), code.code(), code.minutes());
    }

    /** The platform's id where it can be one here; a digest of it where it is too long or has odd characters. */
    private static String messageId(Told told) {
        String id = told.id();
        if (id == null || id.isEmpty()) return Ids.random();
        return MessageText.idProblem(id) == null ? id : Ids.derive(id);
    }

    private static ConversationId conversation(Person person, Told told) {
        String name = told.channel() + ":" + told.address();
        return new ConversationId(
                person.id(), ConversationId.isName(name) ? name : told.channel() + ":" + Ids.derive(told.address()));
    }
}
