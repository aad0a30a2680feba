package ai.chela.launcher.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.data.StackState;
import ai.chela.launcher.language.Language;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void all_listeners_of_a_stack_lie_next_to_the_gateway() {
        Map<String, Integer> chosen = Ports.choose(8620, 1, Map.of(), _ -> true);
        assertEquals(8620, chosen.get(StackState.HTTP));
        assertEquals(9, new HashSet<>(chosen.values()).size());
        assertTrue(chosen.values().stream().allMatch(it -> it >= 8620 && it < 8630));
    }

    @Test
    void a_remembered_port_is_kept_while_it_is_free() {
        assertEquals(
                9999, Ports.choose(8620, 1, Map.of("kafka", 9999), _ -> true).get("kafka"));
        assertEquals(
                8621,
                Ports.choose(8620, 1, Map.of("kafka", 9999), it -> it != 9999).get("kafka"));
    }

    @Test
    void a_held_port_is_passed_over() {
        Set<Integer> held = Set.of(8621, 8623);
        Map<String, Integer> chosen = Ports.choose(8620, 1, Map.of(), it -> !held.contains(it));
        assertTrue(chosen.values().stream().noneMatch(held::contains));
    }

    @Test
    void the_message_about_a_held_port_names_who_holds_it_and_a_way_out() {
        assertEquals(
                "Port 8620 is held by java (pid 4411). Stop it, or `./chela up --port 8630`.",
                PortHolder.message(Language.EN, 8620, Optional.of(new PortHolder(4411, "java")), 8630, ""));
    }

    @Test
    void the_holder_of_a_port_is_found() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(Ports.isFree(socket.getLocalPort()));
            assertEquals(
                    ProcessHandle.current().pid(),
                    PortHolder.of(socket.getLocalPort()).orElseThrow().pid());
        }
    }

    @Test
    void only_listening_sockets_hold_a_port() {
        String listening =
                "   0: 0100007F:21AC 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4242 1 0 100 0 0 10 0";
        String connected =
                "   1: 0100007F:21AC 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  0  0 4243 1 0 100 0 0 10 0";
        assertEquals(Set.of("4242"), PortHolder.listeners(List.of("header", listening, connected), 8620));
    }
}
