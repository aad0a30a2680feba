package ai.chela.gateway.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.gateway.GatewayCase;
import ai.chela.gateway.TestAgent;
import ai.chela.kit.wire.Ids;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PeopleTest extends GatewayCase {
    @Test
    void who_came_and_who_left_is_told_to_the_other_services() throws Exception {
        String id = "p" + Ids.random().substring(0, 8);
        try (TestAgent agent = new TestAgent(kafka, Topic.PERSON_CHANGED)) {
            people(PEOPLE + "  - {id: " + id + ", name: Bo}\n");
            var came = agent.await(
                    Topic.PERSON_CHANGED,
                    PersonChanged.class,
                    r -> r.payload().id().equals(id));
            assertTrue(came.payload().active());
            assertEquals("person:" + id, came.envelope().conversation());
            people(PEOPLE);
            var left = agent.await(
                    Topic.PERSON_CHANGED,
                    PersonChanged.class,
                    r -> r.payload().id().equals(id));
            assertFalse(left.payload().active());
        }
    }

    @Test
    void a_typo_leaves_the_last_good_version_in_force_and_is_told_by_the_status() throws Exception {
        people(PEOPLE.replace("language: en", "langauge: en"));
        Answer status = get(LI, "/api/v1/status");
        assertEquals(200, status.status());
        assertTrue(
                status.body().path("problems").toString().contains("people.yaml, line 11"),
                status.body().toString());
        assertTrue(status.body().path("problems").toString().contains("langauge"));
    }

    @Test
    void the_zone_and_language_of_chela_yaml_are_of_whoever_has_none() throws Exception {
        installation("zone: Asia/Tokyo\nlanguage: zh\n");
        people(PEOPLE.replace("    zone: Europe/Berlin\n", "").replace("    language: en\n", ""));
        Answer me = get(ANNA, "/api/v1/me");
        assertEquals("Asia/Tokyo", me.text("zone"));
        assertEquals("zh", me.text("language"));
        installation("");
    }

    @Test
    void a_typo_in_chela_yaml_is_told_by_the_status_and_the_last_good_version_holds() throws Exception {
        installation("zone: Asia/Tokyo\n");
        installation("zone: Asia/Tokyo\ntimezone: UTC\n");
        people(PEOPLE.replace("    zone: Europe/Berlin\n", ""));
        String problems = get(LI, "/api/v1/status").body().path("problems").toString();
        assertTrue(problems.contains("chela.yaml, line 2: unknown key"), problems);
        assertTrue(problems.contains("allowed: zone, language"), problems);
        assertEquals("Asia/Tokyo", get(ANNA, "/api/v1/me").text("zone"));
        installation("");
    }

    private void installation(String text) throws Exception {
        Files.writeString(config.resolve("chela.yaml"), text);
        directory.refresh();
    }

    @Test
    void who_left_is_no_longer_let_in() throws Exception {
        people(PEOPLE.substring(0, PEOPLE.indexOf("  - id: anna")));
        assertEquals(401, get(ANNA, "/api/v1/me").status());
    }
}
