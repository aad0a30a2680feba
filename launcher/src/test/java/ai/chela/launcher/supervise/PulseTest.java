package ai.chela.launcher.supervise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static Pulse silent(Pulse pulse, int times) {
        Pulse now = pulse;
        for (int i = 0; i < times; i++) now = now.afterSilence();
        return now;
    }

    @Test
    void one_that_answered_hangs_after_six_questions_without_an_answer() {
        Pulse well = Pulse.NONE.afterAnswer();
        assertFalse(silent(well, 5).isHung());
        assertTrue(silent(well, 6).isHung());
    }

    @Test
    void one_answer_makes_up_for_all_that_were_missed() {
        assertFalse(silent(silent(Pulse.NONE.afterAnswer(), 5).afterAnswer(), 5).isHung());
    }

    @Test
    void one_that_is_starting_is_given_longer() {
        assertFalse(silent(Pulse.NONE, 17).isHung());
        assertTrue(silent(Pulse.NONE, 18).isHung());
    }

    @Test
    void what_says_that_it_is_live_answers_and_what_says_that_it_is_not_does_not() throws IOException {
        assertTrue(answers("HTTP/1.1 200 OK\r\n\r\n"));
        assertFalse(answers("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        assertFalse(answers(""));
    }

    private static boolean answers(String response) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    BufferedReader request = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    while (!String.valueOf(request.readLine()).isEmpty()) {}
                    socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            return Probe.service(server.getLocalPort()).answers();
        }
    }

    @Test
    void where_nobody_listens_nothing_answers() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertFalse(Probe.postgres(port).answers());
    }
}
