package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Json;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every service can be watched, and none writes down what people say. */
@ExtendWith(SharedStack.class)
class TraceAndMetricsTest {
    private static final List<String> SERVICES =
            List.of("gateway-service", "scheduler-service", "agent-service", "memory-service", "tool-runner");

    private static final Pattern TRACE = Pattern.compile("Trace: ([0-9a-f]{32})");

    private final Stack stack;
    private final Person person;

    TraceAndMetricsTest(Stack stack) {
        this.stack = stack;
        person = stack.newcomer("en");
    }

    @Test
    void one_trace_goes_through_gateway_agent_and_tool_runner() {
        try (Conversation chat = person.conversation()) {
            assertSays(chat.say("what is 6*7?"), "42");
            String trace = traceOf(chat);
            for (String service : List.of("gateway-service", "agent-service", "tool-runner")) awaitSpan(service, trace);
        }
    }

    @Test
    void one_trace_goes_to_memory_and_scheduler_too() {
        try (Conversation chat = person.conversation()) {
            chat.say("remember that the lighthouse is white");
            awaitSpan("memory-service", traceOf(chat));
            chat.say("every day at 9:00 remind me to look at the lighthouse");
            awaitSpan("scheduler-service", traceOf(chat));
        }
    }

    @Test
    void a_trace_that_a_client_began_goes_on() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        HttpRequest.Builder request = person.request("/api/v1/conversations/traced/messages")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"m-1\",\"text\":\"what is 6*7?\"}"));
        assertEquals(202, person.send(request).statusCode());
        for (String service : List.of("gateway-service", "agent-service", "tool-runner")) awaitSpan(service, trace);
    }

    private static String traceOf(Conversation chat) {
        String why = chat.say("/why");
        Matcher trace = TRACE.matcher(why);
        assertTrue(trace.find(), why);
        return trace.group(1);
    }

    private void awaitSpan(String service, String trace) {
        Await.until(
                "a span of trace " + trace + " in " + service,
                () -> stack.log(service).contains("span trace=" + trace));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gateway-service   | chela_messages_accepted_total chela_reply_latency_seconds chela_streams_open chela_outbox_age_seconds http_server_requests_seconds
            agent-service     | chela_turns_finished_total chela_turns_under_way chela_outbox_age_seconds chela_topic_lag_records
            memory-service    | chela_recall_seconds chela_facts_stored_total chela_facts_forgotten_total chela_memory_cache_bytes chela_recall_ways_total chela_outbox_age_seconds
            scheduler-service | trigger_lateness_seconds trigger_fires_total triggers_active chela_outbox_age_seconds
            tool-runner       | tool_calls_total tool_run_seconds tool_running chela_outbox_age_seconds
            """)
    void every_service_has_its_metrics(String service, String metrics) {
        try (Conversation chat = person.conversation()) {
            chat.say("what is 6*7?");
            chat.say("remember that the lighthouse is white");
            chat.say("what colour is the lighthouse?");
            chat.say("forget what colour the lighthouse has");
            String handle = Texts.handle(chat.say("every day at 9:00 remind me to look at the sea"), "t");
            chat.say("/schedule run " + handle);
            chat.awaitByItself("look at the sea");
        }
        assertSays(managed(service, "/q/metrics").body(), metrics.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-service", "scheduler-service", "agent-service", "memory-service", "tool-runner"})
    void every_service_says_that_it_is_ready_and_alive(String service) {
        assertEquals(200, managed(service, "/q/health/ready").statusCode());
        assertEquals(200, managed(service, "/q/health/live").statusCode());
    }

    private HttpResponse<String> managed(String service, String path) {
        URI address = URI.create("http://127.0.0.1:" + stack.listener("management-" + service) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(address.toString(), e);
        }
    }

    @Test
    void logs_are_lines_of_json_and_never_hold_what_people_say() {
        String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        try (Conversation chat = person.conversation()) {
            chat.say("remember that the password of the parrot is " + canary);
            chat.say("remember that the parrot is called " + canary);
            chat.say("how is the parrot called?");
            chat.say("every day at 9:00 remind me to feed " + canary);
            chat.say("run echo " + canary);
            chat.say("/approve");
            chat.say(canary + " is not a form that anybody knows");
            chat.say("forget how the parrot is called");
            awaitSpan("agent-service", traceOf(chat));
        }
        for (String service : SERVICES) {
            String log = stack.log(service);
            assertFalse(log.contains(canary), service + " logs what people say");
            log.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> assertTrue(Json.read(line).isObject(), () -> service + ": " + line));
        }
        assertFalse(stack.log("kafka").contains(canary));
        assertFalse(stack.log("postgres").contains(canary));
    }

    @Test
    void no_token_and_no_password_is_in_a_log() {
        for (String service : SERVICES) {
            String log = stack.log(service);
            assertFalse(log.contains(stack.owner().token()), service);
            assertFalse(log.contains(person.token()), service);
        }
    }

    @Test
    void status_as_json_says_what_runs() {
        assertTrue(stack.status().path("ready").asBoolean());
        for (String service : SERVICES)
            assertTrue(stack.status().at("/processes/" + service + "/ready").asBoolean(), service);
    }
}
