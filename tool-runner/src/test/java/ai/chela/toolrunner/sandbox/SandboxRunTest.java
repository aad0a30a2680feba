package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SandboxRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_command_runs_in_an_empty_workspace() throws InterruptedException {
        assertEquals("/workspace\n.\n..", Sandboxes.printed("pwd; ls -a"));
    }

    @Test
    void its_exit_code_is_told() throws InterruptedException {
        assertEquals(7, exited("exit 7").exitCode());
    }

    @Test
    void a_command_killed_by_a_signal_has_128_plus_its_number() throws InterruptedException {
        assertEquals(128 + 15, exited("kill -TERM $$").exitCode());
    }

    @Test
    void output_and_errors_come_in_the_order_written() throws InterruptedException {
        assertEquals("a\nb\nc", Sandboxes.printed("echo a; echo b >&2; echo c"));
    }

    @Test
    void quotes_and_line_ends_in_a_command_stay_what_they_are() throws InterruptedException {
        assertEquals("it's \"so\"\n$HOME", Sandboxes.printed("echo \"it's \\\"so\\\"\"\nprintf '%s' '$HOME'"));
    }

    @Test
    void nothing_waits_for_input() throws InterruptedException {
        assertEquals("end", Sandboxes.printed("cat; echo end"));
    }

    @Test
    void escape_sequences_do_not_come_out() throws InterruptedException {
        assertEquals("\uFFFD[31mred\uFFFD]0;title\uFFFD", Sandboxes.printed("printf '\\033[31mred\\033]0;title\\007'"));
    }

    @Test
    void a_program_that_starts_programs_works() throws InterruptedException {
        assertEquals(
                "3",
                Sandboxes.printed("python3 -c 'import subprocess; print(subprocess.run([\"sh\",\"-c\","
                        + "\"seq 3 | wc -l\"],capture_output=True,text=True).stdout.strip())'"));
    }

    @Test
    void two_runs_see_neither_files_nor_processes_of_each_other() throws InterruptedException {
        Sandboxes.printed("echo secret > /workspace/a; echo secret > /tmp/a; echo secret > /dev/shm/a");
        assertEquals("0", Sandboxes.printed("find /workspace /tmp /dev/shm /run -type f | wc -l"));
    }

    @Test
    void a_caller_who_is_interrupted_ends_the_run() throws InterruptedException {
        Sandbox sandbox = Sandboxes.standard();
        Thread caller = new Thread(() -> {
            try {
                sandbox.run("exec sleep 86399.25", Duration.ofSeconds(50));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        Processes.awaitPresence("86399.25");
        caller.interrupt();
        assertTrue(caller.join(PATIENCE));
        Processes.awaitAbsence("86399.25");
    }

    @Test
    void runs_at_the_same_time_do_not_disturb_each_other() throws Exception {
        Sandbox sandbox = Sandboxes.standard();
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(6)) {
            var runs = java.util.stream.IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> sandbox.run("echo " + i, PATIENCE)))
                    .toList();
            for (int i = 0; i < runs.size(); i++) {
                Outcome outcome = runs.get(i).get();
                Outcome.Exited ended = assertInstanceOf(Outcome.Exited.class, outcome, outcome::toString);
                assertEquals(Integer.toString(i), ended.output().text().strip());
            }
        }
    }

    @Test
    void a_command_that_does_not_exist_says_so() throws InterruptedException {
        Outcome.Exited exited = exited("no-such-command");
        assertNotEquals(0, exited.exitCode());
        assertTrue(exited.output().text().contains("not found"), exited.output().text());
    }

    private static Outcome.Exited exited(String command) throws InterruptedException {
        Outcome outcome = Sandboxes.standard().run(command, PATIENCE);
        return assertInstanceOf(Outcome.Exited.class, outcome, outcome::toString);
    }
}
