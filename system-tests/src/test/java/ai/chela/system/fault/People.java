package ai.chela.system.fault;

import ai.chela.system.stack.Await;
import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everybody who is outside: those who talk over HTTP, those in chats, and the servers that are watched. */
final class People implements AutoCloseable {
    private static final int WATCHES = 4;
    /** Between two messages of one conversation, for each hundred conversations: what two cores bear while they restart. */
    private static final Duration THINKING = Duration.ofSeconds(16);

    private static final int UNANSWERED = 2;
    /** In outages some go on without waiting for answers: what the gateways say meanwhile is judged by them. */
    private static final Duration INSISTENT = Duration.ofSeconds(1);

    /** More than an outage of a minute leaves open, and few enough to be answered one after the other before the run ends. */
    private static final int MANY_UNANSWERED = 90;

    /** The same for each who talks over a chat platform. */
    private static final Duration IN_CHATS = Duration.ofSeconds(5);
    /** The longest that everything under way may take to end after the last fault. */
    private static final Duration DRAIN = Duration.ofSeconds(180);
    /** Longer than any relay or lease takes: what comes twice comes within it. That nothing comes can only be waited for. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);
    /** Conversations that wait for an answer when something is killed at random. */
    private static final int UNDER_WAY = 3;

    private final Journal journal;
    private final Options options;
    private final @Nullable Effects effects;
    private final @Nullable Chats chats;
    private final Client client;
    private final List<Talk> talks = new ArrayList<>();
    private final List<ChatTalk> chatTalks = new ArrayList<>();
    private final List<Watching> watches = new ArrayList<>();

    /**
     * @param effects null: nobody asks for commands; closed with this
     * @param chats null: nobody talks in a chat; closed with this
     */
    People(Stack stack, Journal journal, Options options, @Nullable Effects effects, @Nullable Chats chats) {
        this.journal = journal;
        this.options = options;
        this.effects = effects;
        this.chats = chats;
        this.client = new Client(
                List.of("http://127.0.0.1:" + stack.listener("http"), "http://127.0.0.1:" + stack.listener("http-2")),
                stack.owner().token(),
                options.outages() ? journal::add : _ -> {});
    }

    /** Whether somebody talks in a chat. */
    boolean chat() {
        return chats != null;
    }

    /** Begins; returns when half of the conversations were answered. */
    void talk() {
        for (int i = 1; i <= WATCHES; i++) watches.add(new Watching(i, client, journal));
        Duration thinking = THINKING.multipliedBy(options.talks()).dividedBy(100);
        for (int i = 1; i <= options.talks(); i++)
            talks.add(new Talk(i, client, journal, options.seed(), thinking, UNANSWERED, effects));
        if (options.outages())
            for (int i = 1; i <= FaultRun.INSTANCES; i++)
                talks.add(new Talk(
                        options.talks() + i, client, journal, options.seed(), INSISTENT, MANY_UNANSWERED, effects));
        if (chats != null) chatTalks.addAll(chats.talk(journal, options.seed(), IN_CHATS));
        Await.until(
                "answers in half of the conversations",
                () -> talks.stream().filter(Talk::isAnswered).count() >= (talks.size() + 1) / 2);
    }

    /** Whether enough is under way for a fault to hit something. */
    boolean areBusy() {
        return talks.stream().filter(Talk::waits).count()
                >= (options.outages() ? 1 : Math.min(UNDER_WAY, talks.size()));
    }

    /** Whether most have what they waited for. */
    boolean areCalm() {
        return talks.stream().filter(Talk::waits).count() <= talks.size() / 2;
    }

    /** Nobody says anything more; what is under way goes on. */
    void fallSilent() {
        talks.forEach(Talk::fallSilent);
        chatTalks.forEach(ChatTalk::fallSilent);
        watches.forEach(Watching::rest);
    }

    /** Waits for what is under way, and then for what could come twice; returns what is still open. */
    List<String> drained() {
        Instant end = Instant.now().plus(DRAIN);
        while (Instant.now().isBefore(end) && !open().isEmpty()) Pause.briefly();
        List<String> open = open();
        Pause.of(AFTERWARDS);
        return open;
    }

    private List<String> open() {
        return Stream.of(
                        talks.stream().filter(it -> !it.isDrained()).map(Talk::open),
                        chatTalks.stream().filter(it -> !it.isDrained()).map(ChatTalk::open),
                        watches.stream().filter(it -> !it.isDrained()).map(Watching::open))
                .flatMap(it -> it)
                .toList();
    }

    /** Writes down what the gateways tell at the end, and what is remembered. */
    void look() {
        Set<String> names = new TreeSet<>();
        talks.forEach(it -> names.add(it.name()));
        watches.forEach(it -> names.add(it.name()));
        for (String name : names)
            for (int gateway = 0; gateway < FaultRun.INSTANCES; gateway++) journal.add(client.stored(gateway, name));
        JsonNode memories = client.view(0, "/api/v1/memories");
        journal.add(new Entry.Memories(
                Instant.now(),
                memories.path("total").asInt(),
                memories.path("memories").findValuesAsText("text")));
    }

    @Override
    public void close() {
        watches.forEach(Watching::close);
        try (Effects _ = effects;
                Chats _ = chats) {
            talks.forEach(Talk::close);
        }
    }
}
