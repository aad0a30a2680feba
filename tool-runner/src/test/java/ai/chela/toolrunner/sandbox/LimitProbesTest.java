package ai.chela.toolrunner.sandbox;

import static ai.chela.toolrunner.sandbox.Probe.python;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing can be used up: not memory, processes, disk, CPU, time, nor the reader of the output. */
class LimitProbesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_limit_cannot_be_raised(Probe probe) throws InterruptedException {
        probe.holds();
    }

    static Stream<Probe> a_limit_cannot_be_raised() {
        return Stream.of("NPROC", "DATA", "FSIZE", "NOFILE", "CPU", "MEMLOCK", "CORE")
                .map(name -> python(
                        "raise RLIMIT_" + name,
                        "soft, hard = resource.getrlimit(resource.RLIMIT_" + name + ")",
                        "hard == resource.RLIM_INFINITY or resource.setrlimit(resource.RLIMIT_" + name
                                + ", (hard + 1, hard + 1)) is None"));
    }

    @Test
    void a_fork_bomb_ends_with_its_run() throws InterruptedException {
        Outcome outcome = Sandboxes.standard()
                .run("sh -c 'f() { f | f & }; f' 2>/dev/null; sleep 1; exec sleep 1", Duration.ofSeconds(5));
        assertTrue(outcome instanceof Outcome.Exited || outcome instanceof Outcome.TimedOut, outcome::toString);
        assertEquals("alive", Sandboxes.printed("echo alive"));
    }

    @Test
    void processes_are_counted() throws InterruptedException {
        String made = Sandboxes.printed("""
                python3 - <<'E'
                import os, time
                n = 0
                try:
                    for i in range(500):
                        if os.fork() == 0:
                            time.sleep(5)
                            os._exit(0)
                        n += 1
                except OSError:
                    pass
                print(n, flush=True)
                E
                """);
        assertTrue(Integer.parseInt(made) <= 64, made);
    }

    @Test
    void one_process_cannot_take_more_memory_than_it_may() throws InterruptedException {
        Outcome.Exited exited = exited("python3 -c 'x = bytearray(900 << 20); print(\"taken\")'");
        assertTrue(!exited.output().text().contains("taken"), exited.output().text());
    }

    @Test
    void six_processes_cannot_take_more_memory_together_than_they_may() throws InterruptedException {
        assumeTrue(Sandboxes.standard().level() == Level.BUBBLEWRAP_CGROUP, "needs control groups");
        Outcome.Exited exited = exited("""
                for i in 1 2 3 4 5 6; do
                    python3 -c 'x = bytearray(300 << 20); x[::4096] = b"x" * len(x[::4096]); import time; time.sleep(3); print("taken")' &
                done
                wait
                """);
        long taken = exited.output().text().lines().filter("taken"::equals).count();
        assertTrue(taken <= 1, exited.output().text());
        assertTrue(exited.memoryLimitHit(), exited.toString());
    }

    @Test
    void the_disk_of_a_run_is_full_soon() throws InterruptedException {
        for (String folder : new String[] {"/workspace", "/tmp", "/dev/shm", "/run"}) {
            String kib = Sandboxes.printed("cd " + folder + " && { head -c 300000000 /dev/zero > a; head -c 300000000"
                    + " /dev/zero > b; } 2>/dev/null; du -sk . | cut -f1");
            assertTrue(Long.parseLong(kib) <= 64 * 1024, folder + " took " + kib + " KiB");
        }
    }

    @Test
    void a_flood_of_files_ends() throws InterruptedException {
        Outcome outcome = Sandboxes.standard()
                .run(
                        "python3 -c 'import itertools\nfor i in itertools.count(): open(\"/tmp/%d\" % i, \"w\").close()'",
                        Duration.ofSeconds(6));
        assertTrue(outcome instanceof Outcome.Exited || outcome instanceof Outcome.TimedOut, outcome::toString);
        assertEquals("alive", Sandboxes.printed("echo alive"));
    }

    @Test
    void output_beyond_what_is_kept_is_counted_and_dropped() throws InterruptedException {
        Outcome.Exited exited = exited("head -c 5000000 /dev/zero | tr '\\0' a");
        assertEquals(5_000_000, exited.output().bytes());
        assertEquals(64 << 10, exited.output().text().length());
        assertTrue(exited.output().cut());
    }

    @Test
    void a_flood_of_output_is_stopped() throws InterruptedException {
        assertInstanceOf(Outcome.Flooded.class, Sandboxes.standard().run("yes", PATIENCE));
    }

    @Test
    void a_command_that_eats_cpu_gets_its_share_and_no_more() throws InterruptedException {
        assumeTrue(Sandboxes.standard().level() == Level.BUBBLEWRAP_CGROUP, "needs control groups");
        String seconds = Sandboxes.printed("""
                python3 - <<'E'
                import os, time, resource
                end = time.monotonic() + 3
                for i in range(3):
                    if os.fork() == 0:
                        while time.monotonic() < end: pass
                        os._exit(0)
                for i in range(3): os.wait()
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                print(used.ru_utime + used.ru_stime)
                E
                """);
        assertTrue(Double.parseDouble(seconds) < 3.8, seconds + " CPU seconds in 3");
    }

    @Test
    void one_process_has_so_many_seconds_of_cpu() throws InterruptedException {
        SandboxLimits standard = SandboxLimits.standard();
        Sandbox sandbox = Sandboxes.with(new SandboxLimits(
                standard.deadline(),
                standard.outputBytes(),
                standard.floodBytes(),
                standard.memoryBytes(),
                standard.dataBytes(),
                standard.processes(),
                standard.cpuPercent(),
                1,
                standard.workspaceBytes(),
                standard.tempBytes()));
        Outcome.Exited exited = assertInstanceOf(
                Outcome.Exited.class, sandbox.run("python3 -c 'while True: pass'", Duration.ofSeconds(20)));
        assertTrue(exited.exitCode() >= 128, exited.toString());
    }

    @Test
    void a_command_that_does_not_end_is_stopped_with_what_it_wrote() throws InterruptedException {
        Outcome outcome = Sandboxes.standard().run("echo before; sleep 600", Duration.ofSeconds(1));
        Outcome.TimedOut late = assertInstanceOf(Outcome.TimedOut.class, outcome, outcome::toString);
        assertEquals("before\n", late.output().text());
        assertTrue(late.took().compareTo(Duration.ofSeconds(4)) < 0, late.toString());
    }

    @Test
    void a_child_in_the_background_that_ignores_signals_ends_at_the_deadline() throws InterruptedException {
        Outcome outcome = Sandboxes.standard()
                .run(
                        "trap '' TERM HUP INT; setsid sh -c 'trap \"\" TERM HUP INT; exec sleep 86399.75' & sleep 600",
                        Duration.ofSeconds(1));
        assertInstanceOf(Outcome.TimedOut.class, outcome, outcome::toString);
        assertEquals(0, Processes.count("86399.75"));
    }

    @Test
    void a_child_in_the_background_ends_with_its_command() throws InterruptedException {
        assertEquals("", Sandboxes.printed("setsid sleep 86399.5 >/dev/null 2>&1 &"));
        assertEquals(0, Processes.count("86399.5"));
    }

    private static Outcome.Exited exited(String command) throws InterruptedException {
        Outcome outcome = Sandboxes.standard().run(command, PATIENCE);
        return assertInstanceOf(Outcome.Exited.class, outcome, outcome::toString);
    }
}
