package ai.chela.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApprovalsTest extends GatewayCase {
    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestAgent agent;

    private String code = "";

    @BeforeEach
    void open() {
        agent = new TestAgent(kafka, Topic.APPROVAL_DECIDED, Topic.VIEW_REQUESTED);
        code = Ids.random().substring(0, 8);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void an_open_approval_is_listed_for_its_requester() {
        ask(Duration.ofMinutes(15));
        assertEquals("ls -la", listed(ANNA).path("args").path("command").asText());
    }

    @Test
    void a_decision_is_passed_on_once() {
        ask(Duration.ofMinutes(15));
        assertEquals(202, decide(ANNA, "approve").status());
        Answer again = decide(ANNA, "approve");
        assertEquals(409, again.status());
        var decided = agent.await(
                Topic.APPROVAL_DECIDED,
                ApprovalDecided.class,
                r -> r.payload().code().equals(code));
        assertTrue(decided.payload().approved());
        assertEquals("anna", decided.envelope().principal().person());
        assertEquals("anna/" + conversation, decided.envelope().conversation());
    }

    @Test
    void the_approval_of_another_person_is_unknown_to_who_is_no_owner() {
        ask("li", Duration.ofMinutes(15));
        assertEquals(404, decide(ANNA, "approve").status());
    }

    @Test
    void an_owner_decides_for_others() {
        ask(Duration.ofMinutes(15));
        assertEquals(202, decide(LI, "deny").status());
    }

    @Test
    void an_expired_approval_is_closed() {
        ask(Duration.ofSeconds(-1));
        Answer answer = decide(ANNA, "approve");
        assertEquals(409, answer.status());
        assertTrue(answer.text("detail").contains("expired"), answer.text("detail"));
    }

    @Test
    void an_approval_that_the_agent_closed_says_how() {
        ask(Duration.ofMinutes(15));
        agent.publish(
                Topic.APPROVAL_REQUESTED,
                "anna/" + conversation,
                new ApprovalNotice.Closed(code, ApprovalNotice.Outcome.STOPPED, null, Instant.now()));
        eventually(() -> decide(ANNA, "approve").text("detail").contains("stopped"));
    }

    @Test
    void a_decision_other_than_approve_or_deny_is_refused() {
        assertEquals(400, decide(ANNA, "maybe").status());
    }

    @Test
    void a_decision_that_comes_before_its_approval_waits_for_it() {
        mention();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> decide(ANNA, "approve"));
        notice("anna", Duration.ofMinutes(15));
        assertEquals(202, answer.join().status());
    }

    @Test
    void the_list_has_an_approval_that_its_reader_was_told_of_just_now() {
        mention();
        CompletableFuture<Answer> list = CompletableFuture.supplyAsync(() -> get(ANNA, "/api/v1/approvals"));
        notice("anna", Duration.ofMinutes(15));
        assertTrue(
                list.join().body().toString().contains(code), list.join().body().toString());
    }

    @Test
    void an_approval_that_was_mentioned_and_does_not_arrive_is_told_to_be_late() {
        mention();
        Answer answer = decide(ANNA, "approve");
        assertEquals(503, answer.status());
        assertTrue(Integer.parseInt(answer.header("retry-after")) > 0);
        notice("anna", Duration.ofMinutes(15));
    }

    @Test
    void an_approval_whose_reply_was_held_up_is_still_told_to_be_late() {
        mention("anna", Instant.now().minus(Duration.ofMinutes(10)));
        assertEquals(503, decide(ANNA, "approve").status());
        notice("anna", Duration.ofMinutes(5));
    }

    @Test
    void a_mention_to_somebody_else_is_not_waited_for() {
        mention("li");
        assertEquals(404, decide(ANNA, "approve").status());
        notice("li", Duration.ofMinutes(15));
    }

    @Test
    void a_view_is_asked_of_the_service_that_has_it() {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> get(ANNA, "/api/v1/triggers"));
        var asked = agent.await(
                Topic.VIEW_REQUESTED,
                ViewRequested.class,
                r -> r.payload().kind() == ViewRequested.Kind.TRIGGERS
                        && r.envelope().time().isAfter(Instant.now().minusSeconds(5)));
        agent.publish(
                Topic.SCHEDULE_VIEWED,
                asked.payload().instance(),
                new ScheduleViewed(asked.payload().requestId(), asked.payload().instance(), List.of(), 7));
        assertEquals(7, answer.join().body().path("total").asInt());
    }

    @Test
    void a_view_that_nobody_answers_names_who_was_silent() {
        Answer answer = get(ANNA, "/api/v1/memories");
        assertEquals(504, answer.status());
        assertTrue(answer.text("detail").contains("memory-service"), answer.text("detail"));
    }

    @Test
    void the_audit_tells_an_owner_of_an_accepted_message_without_its_content() {
        String id = "m-" + Ids.random();
        say(ANNA, id, "a very private thing");
        eventually(() -> audited().contains(id));
        assertTrue(!audited().contains("private"));
    }

    @Test
    void the_audit_is_for_owners() {
        assertEquals(403, get(ANNA, "/api/v1/audit").status());
    }

    @Test
    void dead_letters_are_kept_and_counted() {
        long before = get(LI, "/api/v1/status").body().path("deadLetters").asLong();
        agent.publish(
                Topic.DEAD_LETTER,
                "anna/" + conversation,
                new DeadLetter("chela.reply.v1", "agent", null, Map.of(), "", "broken", Instant.now()));
        eventually(() -> get(LI, "/api/v1/status").body().path("deadLetters").asLong() == before + 1);
        assertEquals(
                "broken",
                get(LI, "/api/v1/dead-letters")
                        .body()
                        .path("deadLetters")
                        .path(0)
                        .path("cause")
                        .asText());
    }

    private void mention() {
        mention("anna");
    }

    private void mention(String person) {
        mention(person, Instant.now());
    }

    private void mention(String person, Instant at) {
        agent.publish(Topic.REPLY, person + "/" + conversation, new Reply.Answer(null, "may I?", code, at));
        String token = person.equals("anna") ? ANNA : LI;
        eventually(() -> get(token, messages()).body().path("messages").size() == 1);
    }

    private void ask(Duration left) {
        ask("anna", left);
    }

    private void ask(String requester, Duration left) {
        notice(requester, left);
        String token = requester.equals("anna") ? ANNA : LI;
        eventually(() -> get(token, messages()).body().path("messages").size() == 1);
    }

    private void notice(String requester, Duration left) {
        ApprovalNotice.Asked asked = new ApprovalNotice.Asked(
                code,
                "shell.run",
                Map.of("command", "ls -la"),
                Ids.derive(code),
                "shell asks",
                requester,
                Instant.now(),
                Instant.now().plus(left));
        agent.publish(Topic.APPROVAL_REQUESTED, requester + "/" + conversation, asked);
    }

    private com.fasterxml.jackson.databind.JsonNode listed(String token) {
        for (var approval : get(token, "/api/v1/approvals").body().path("approvals"))
            if (approval.path("code").asText().equals(code)) return approval;
        throw new AssertionError("not listed");
    }

    private Answer decide(String token, String decision) {
        return post(token, "/api/v1/approvals/" + code, "{\"decision\":\"" + decision + "\"}");
    }

    private String audited() {
        StringBuilder all = new StringBuilder();
        for (long after = 0; ; ) {
            Answer page = get(LI, "/api/v1/audit?after=" + after);
            all.append(page.body());
            if (!page.body().path("more").asBoolean()) return all.toString();
            after = page.body().path("last").asLong();
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean())
            if (System.nanoTime() > end) throw new AssertionError("did not become so within 20 s");
    }
}
