package ai.chela.agent.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.agent.turn.Intake;
import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import ai.chela.contracts.turn.Reply;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns with a real database: records in by the consumers, what is published read from the outbox. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "agent"))
class TurnsOverKafkaTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    Inbox inbox;

    @Inject
    IntakeConsumers intake;

    @Inject
    Intake triggers;

    @Inject
    AnswerConsumers answers;

    @Inject
    Transactions transactions;

    private String conversation = "";
    private long messages;

    @BeforeEach
    void freshConversation() {
        conversation = "li/" + Ids.random();
        messages = 0;
    }

    @Test
    void a_message_leads_to_a_tool_request_and_its_result_to_one_answer() {
        say("m-1", "what time is it");
        ToolRequested request = await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        assertEquals("time.now", request.tool());
        complete(request, "It is noon.");
        complete(request, "It is noon.");
        Reply reply = await(Topic.REPLY, Reply.class, _ -> true);
        assertEquals("m-1", reply.inReplyTo());
        assertEquals("It is noon.", reply.text());
        assertEquals(1, published(Topic.REPLY).size());
    }

    @Test
    void the_same_record_twice_is_one_turn() {
        ConsumerRecord<String, byte[]> record = message("m-1", "what time is it");
        receive(record).await().atMost(LIMIT);
        receive(record).await().atMost(LIMIT);
        await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        assertEquals(1, published(Topic.TOOL_REQUESTED).size());
    }

    @Test
    void a_second_message_waits_for_the_first_answer() {
        say("m-1", "what time is it");
        say("m-2", "hello");
        ToolRequested request = await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        assertEquals(List.of(), published(Topic.REPLY));
        complete(request, "noon");
        await(Topic.REPLY, Reply.class, reply -> "m-2".equals(reply.inReplyTo()));
        assertEquals(
                List.of("m-1", "m-2"), replies().stream().map(Reply::inReplyTo).toList());
    }

    @Test
    void an_open_approval_holds_up_nobody_and_help_never_queues() {
        say("m-1", "run ls -la");
        Reply question = await(Topic.REPLY, Reply.class, _ -> true);
        assertNotNull(assertInstanceOf(Reply.Answer.class, question).awaiting());
        say("m-2", "hello");
        await(Topic.REPLY, Reply.class, reply -> "m-2".equals(reply.inReplyTo()));
        say("m-3", "what time is it");
        say("m-4", "/help");
        await(Topic.REPLY, Reply.class, reply -> "m-4".equals(reply.inReplyTo()));
        assertTrue(replies().stream().noneMatch(reply -> "m-3".equals(reply.inReplyTo())));
    }

    @Test
    void an_approval_is_used_once() {
        say("m-1", "run ls -la");
        await(Topic.REPLY, Reply.class, _ -> true);
        say("m-2", "/approve");
        ToolRequested request = await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        assertEquals("shell.run", request.tool());
        complete(request, "total 0");
        Reply result = await(
                Topic.REPLY, Reply.class, reply -> reply instanceof Reply.Answer && "m-2".equals(reply.inReplyTo()));
        assertEquals("total 0", result.text());
        say("m-3", "/approve " + request.approval());
        Reply again = await(Topic.REPLY, Reply.class, reply -> "m-3".equals(reply.inReplyTo()));
        assertTrue(again.text().contains("no longer open"), again.text());
        assertEquals(1, published(Topic.TOOL_REQUESTED).size());
    }

    @Test
    void yes_is_answered_with_the_exact_commands_for_what_waits() {
        say("m-1", "run ls -la");
        say("m-2", "run pwd");
        await(Topic.REPLY, Reply.class, reply -> "m-2".equals(reply.inReplyTo()));
        say("m-3", "yes");
        String said = await(Topic.REPLY, Reply.class, reply -> "m-3".equals(reply.inReplyTo()))
                .text();
        assertTrue(said.contains("`ls -la`") && said.contains("`pwd`"), said);
        say("m-4", "/approve");
        Reply which = await(Topic.REPLY, Reply.class, reply -> "m-4".equals(reply.inReplyTo()));
        assertEquals(said, which.text());
    }

    @Test
    void somebody_else_cannot_approve() {
        say("m-1", "run ls -la");
        Reply.Answer question = assertInstanceOf(Reply.Answer.class, await(Topic.REPLY, Reply.class, _ -> true));
        sayAs("eve", "m-2", "/approve " + question.awaiting());
        Reply refused = await(Topic.REPLY, Reply.class, reply -> "m-2".equals(reply.inReplyTo()));
        assertTrue(refused.text().contains("only be decided by the person who asked"), refused.text());
        assertEquals(List.of(), published(Topic.TOOL_REQUESTED));
    }

    @Test
    void stopping_answers_what_was_under_way() {
        say("m-1", "what time is it");
        await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        say("m-2", "/stop");
        await(Topic.REPLY, Reply.class, reply -> "m-2".equals(reply.inReplyTo()));
        assertTrue(replies().stream().anyMatch(reply -> "m-1".equals(reply.inReplyTo())));
    }

    @Test
    void a_reminder_is_said_in_its_language_without_answering_anything() {
        fire(new TriggerFired.Due(
                "t-1", "Asia/Shanghai", "zh", ScheduleRequested.Action.REMIND, "提交日报", Instant.now(), false, 0));
        Reply reply = await(Topic.REPLY, Reply.class, _ -> true);
        assertNull(reply.inReplyTo());
        assertEquals("提醒：提交日报", reply.text());
    }

    @Test
    void a_trigger_that_does_something_is_planned_like_a_message_of_its_owner() {
        fire(new TriggerFired.Due(
                "t-1", "Etc/UTC", "en", ScheduleRequested.Action.DO, "check the disk", Instant.now(), false, 0));
        ToolRequested request = await(Topic.TOOL_REQUESTED, ToolRequested.class, _ -> true);
        assertEquals("host.disk", request.tool());
        complete(request, "plenty");
        assertNull(await(Topic.REPLY, Reply.class, _ -> true).inReplyTo());
    }

    @Test
    void what_a_trigger_does_in_a_room_is_done_as_in_a_room() {
        receive(message("li", "m-1", "hello", true)).await().atMost(LIMIT);
        fire(new TriggerFired.Due(
                "t-1",
                "Etc/UTC",
                "en",
                ScheduleRequested.Action.DO,
                "remember that it is late",
                Instant.now(),
                false,
                0));
        MemoryRequested request = await(Topic.MEMORY_REQUESTED, MemoryRequested.class, _ -> true);
        assertTrue(assertInstanceOf(MemoryRequested.Remember.class, request).room());
    }

    private Uni<Void> receive(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.MESSAGE_RECEIVED, MessageReceived.class, record, intake);
    }

    private void say(String id, String text) {
        receive(message(id, text)).await().atMost(LIMIT);
    }

    private void sayAs(String person, String id, String text) {
        receive(message(person, id, text)).await().atMost(LIMIT);
    }

    private ConsumerRecord<String, byte[]> message(String id, String text) {
        return message("li", id, text);
    }

    private ConsumerRecord<String, byte[]> message(String person, String id, String text) {
        return message(person, id, text, false);
    }

    private ConsumerRecord<String, byte[]> message(String person, String id, String text, boolean room) {
        MessageReceived message = new MessageReceived(
                id,
                "http",
                text,
                new Speaker(person, person, "Etc/UTC", "en"),
                room,
                Mode.ASSISTANT,
                List.of(),
                null,
                Instant.now());
        return record(Topic.MESSAGE_RECEIVED, conversation + id, Principal.person(person), null, ++messages, message);
    }

    private void fire(TriggerFired fired) {
        Principal principal = new Principal("trigger:t-1", "li");
        inbox.receive(
                        Topic.TRIGGER_FIRED,
                        TriggerFired.class,
                        record(Topic.TRIGGER_FIRED, Ids.random(), principal, null, 1, fired),
                        triggers::fired)
                .await()
                .atMost(LIMIT);
    }

    private void complete(ToolRequested request, String text) {
        String turn = published(Topic.TOOL_REQUESTED).getFirst().turn();
        var record = record(
                Topic.TOOL_COMPLETED,
                Ids.derive(request.callId(), "completed"),
                Principal.service("tool-runner"),
                turn,
                1,
                new ToolCompleted.Succeeded(request.callId(), text, Map.of(), 1));
        inbox.receive(Topic.TOOL_COMPLETED, ToolCompleted.class, record, answers::tool)
                .await()
                .atMost(LIMIT);
    }

    private ConsumerRecord<String, byte[]> record(
            Topic topic, String id, Principal principal, @Nullable String turn, long number, Object payload) {
        Envelope envelope = new Envelope(
                id,
                topic.topicName(),
                "chela/test",
                Instant.now(),
                "acme",
                principal,
                conversation,
                turn,
                null,
                number,
                null);
        ProducerRecord<String, byte[]> written = KafkaRecords.write(topic, envelope, WireJson.bytes(payload));
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(written.topic(), 0, 0, written.key(), written.value());
        written.headers().forEach(header -> record.headers().add(header));
        return record;
    }

    private record Published(byte[] payload, @Nullable String turn) {}

    private List<Published> published(Topic topic) {
        return transactions
                .run(
                        "test",
                        Origin.first("acme", Principal.service("test"), null),
                        unit -> unit.rows(
                                "select payload, cast(headers as json) ->> 'turn' from outbox"
                                        + " where tenant = 'acme' and topic = ?1 and key = ?2 order by number",
                                topic.topicName(),
                                "acme/" + conversation))
                .await()
                .atMost(LIMIT)
                .stream()
                .map(row -> new Published((byte[]) row[0], (String) row[1]))
                .toList();
    }

    private List<Reply> replies() {
        return published(Topic.REPLY).stream()
                .map(published -> WireJson.read(published.payload(), Reply.class))
                .toList();
    }

    private <T> T await(Topic topic, Class<T> type, Predicate<T> wanted) {
        Instant deadline = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(deadline)) {
            for (Published published : published(topic)) {
                T payload = WireJson.read(published.payload(), type);
                if (wanted.test(payload)) return payload;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("nothing of that kind on " + topic.topicName() + "; there is: "
                + published(topic).size());
    }
}
