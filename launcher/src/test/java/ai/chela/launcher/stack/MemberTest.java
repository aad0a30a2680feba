package ai.chela.launcher.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ProcessId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberTest {
    @Test
    void the_first_of_a_service_is_called_as_the_service_is() {
        Member first = new Member(Service.TOOL_RUNNER, 1);
        assertEquals("tool-runner", first.name());
        assertEquals("tool-runner-1", first.instance());
        assertEquals("management-tool-runner", first.managementPort());
    }

    @Test
    void a_second_one_has_its_own_name_folder_and_listeners() {
        Member second = new Member(Service.GATEWAY, 2);
        assertEquals("gateway-service-2", second.name());
        assertEquals("gateway-2", second.instance());
        assertEquals("http-2", second.listener());
        assertNotEquals(new Member(Service.GATEWAY, 1).managementPort(), second.managementPort());
    }

    @Test
    void every_listener_of_two_instances_has_a_port_of_its_own() {
        Map<String, Integer> chosen = Ports.choose(8620, 2, Map.of(), _ -> true);
        assertEquals(15, chosen.size());
        assertEquals(15, new HashSet<>(chosen.values()).size());
        for (Member member : Member.all(2)) assertNotEquals(null, chosen.get(member.listener()));
    }

    @Test
    void all_of_one_service_are_stopped_before_those_of_the_next() {
        StackState state = StackState.NONE.starting(Map.of(), ProcessId.self(), 2);
        List<String> order = Supervisor.stopOrder(state);
        assertEquals(List.of("gateway-service", "gateway-service-2", "scheduler-service"), order.subList(0, 3));
        assertEquals(List.of("kafka", "postgres"), order.subList(10, 12));
    }
}
