package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.EventStream;
import ai.chela.system.api.Json;
import ai.chela.system.api.Person;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Accepted means answered once, in order, and seen by the person who asked. */
@ExtendWith(SharedStack.class)
class AcceptedOnceTest {
    private final Stack stack;
    private final Person person;

    AcceptedOnceTest(Stack stack) {
        this.stack = stack;
        person = stack.newcomer("en");
    }

    @Test
    void the_same_id_again_is_the_same_message() {
        HttpResponse<String> first = person.post("same", "m-1", "what is 1+1?");
        HttpResponse<String> again = person.post("same", "m-1", "what is 1+1?");
        assertEquals(202, first.statusCode(), first.body());
        assertEquals(202, again.statusCode(), again.body());
        assertEquals(Json.read(first.body()), Json.read(again.body()));
        try (EventStream events = person.events("same", 0)) {
            events.await("the answer", event -> event.answers("m-1"));
            assertEquals(202, person.post("same", "m-1", "what is 1+1?").statusCode());
            person.post("same", "m-2", "what is 2+2?");
            events.await("the next answer", event -> event.answers("m-2"));
            assertEquals(List.of("accepted", "reply", "accepted", "reply"), kinds(events.events()));
        }
    }

    @Test
    void the_same_id_with_another_text_is_refused() {
        person.post("other", "m-1", "what is 1+1?");
        HttpResponse<String> answer = person.post("other", "m-1", "what is 2+2?");
        assertEquals(409, answer.statusCode(), answer.body());
        assertSays(answer.body(), "m-1");
    }

    @Test
    void a_hundred_messages_in_ten_conversations_are_each_answered_once_and_in_order() {
        List<Conversation> chats = new ArrayList<>();
        for (int i = 0; i < 10; i++) chats.add(person.conversation("many-" + i));
        for (int n = 0; n < 10; n++) {
            for (Conversation chat : chats) {
                HttpResponse<String> accepted = person.post(chat.name(), "m-" + n, "what is 1000+" + n + "?");
                assertEquals(202, accepted.statusCode(), accepted.body());
            }
        }
        for (Conversation chat : chats) {
            chat.await("the last answer in " + chat.name(), event -> event.answers("m-9"));
            List<Event> replies = chat.events().stream()
                    .filter(event -> event.kind().equals("reply"))
                    .toList();
            for (int n = 0; n < 10; n++) {
                assertEquals("m-" + n, replies.get(n).inReplyTo(), "order in " + chat.name());
                assertSays(replies.get(n).text(), Integer.toString(1000 + n));
            }
            assertEquals(10, replies.size(), "answers in " + chat.name());
            chat.close();
        }
    }

    @Test
    void a_stream_is_resumed_without_gap_or_double() {
        for (int n = 0; n < 5; n++) person.post("resumed", "m-" + n, "what is " + n + "+1?");
        List<Event> before;
        try (EventStream events = person.events("resumed", 0)) {
            events.await("the third answer", event -> event.answers("m-2"));
            before = events.events();
        }
        long last = before.getLast().number();
        person.post("resumed", "m-5", "what is 5+1?");
        try (EventStream events = person.events("resumed", last)) {
            events.await("the last answer", event -> event.answers("m-5"));
            List<Long> numbers =
                    new ArrayList<>(before.stream().map(Event::number).toList());
            numbers.addAll(events.events().stream().map(Event::number).toList());
            assertEquals(LongStream.rangeClosed(1, 12).boxed().toList(), numbers);
        }
    }

    @Test
    void two_streams_of_a_conversation_bring_the_same() {
        try (EventStream one = person.events("two", 0);
                EventStream other = person.events("two", 0)) {
            person.post("two", "m-1", "what is 1+1?");
            one.await("the answer", event -> event.answers("m-1"));
            other.await("the answer", event -> event.answers("m-1"));
            assertEquals(one.events(), other.events());
        }
    }

    @Test
    void what_was_said_can_be_read_in_pieces() {
        try (Conversation chat = person.conversation("pieces")) {
            chat.say("what is 1+1?");
            chat.say("what is 2+2?");
        }
        JsonNode all = person.view("/api/v1/conversations/pieces/messages?after=0");
        assertEquals(4, all.path("messages").size(), all.toString());
        assertEquals(4, all.path("last").asInt());
        assertFalse(all.path("more").asBoolean());
        assertEquals("accepted", all.at("/messages/0/type").asText(), all.toString());
        assertEquals("reply", all.at("/messages/1/type").asText());
        assertEquals(
                1,
                person.view("/api/v1/conversations/pieces/messages?after=3")
                        .path("messages")
                        .size());
    }

    @Test
    void a_second_person_sees_nothing_of_the_first() {
        Person other = stack.newcomer("en");
        try (Conversation hers = person.conversation("private");
                Conversation his = other.conversation("private")) {
            hers.say("remember that the vault is behind the mirror");
            hers.say("every day at 9:00 remind me to look behind the mirror");
            assertSays(his.say("where is the vault?"), "I do not know");
            assertSays(his.say("/memory"), "nothing for you yet");
            assertSays(his.say("/schedule"), "Nothing is scheduled");
            assertTrue(his.events().stream().noneMatch(event -> event.text().contains("mirror")));
        }
        assertEquals(0, other.view("/api/v1/memories").path("total").asInt());
        assertEquals(0, other.view("/api/v1/triggers").path("total").asInt());
        assertEquals(1, person.view("/api/v1/memories").path("total").asInt());
        assertEquals(1, person.view("/api/v1/triggers").path("total").asInt());
    }

    @Test
    void somebody_elses_handles_and_conversations_are_out_of_reach() {
        Person other = stack.newcomer("en");
        try (Conversation hers = person.conversation("mine");
                Conversation his = other.conversation()) {
            String memory = Texts.handle(hers.say("remember that the vault is behind the mirror"), "m");
            String trigger = Texts.handle(hers.say("every day at 9:00 remind me to look"), "t");
            his.say("/memory forget " + memory);
            his.say("/schedule cancel " + trigger);
            assertSays(hers.say("where is the vault?"), "mirror");
            assertSays(hers.say("/schedule"), trigger);
        }
        assertEquals(
                404, other.get("/api/v1/conversations/mine/messages?after=0").statusCode());
    }

    private static List<String> kinds(List<Event> events) {
        return events.stream().map(Event::kind).toList();
    }
}
