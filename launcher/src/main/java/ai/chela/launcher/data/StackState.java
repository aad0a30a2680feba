package ai.chela.launcher.data;

import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code stack.json} holds: the ports, which are kept for the next start, and the processes of this one.
 *
 * @param phase where the supervisor is
 * @param ports by name of the listener
 * @param supervisor the launcher process that keeps the stack up
 * @param processes by name of the process
 * @param postgresHome where PostgreSQL keeps its files when that cannot be the data folder
 * @param firstAnswerMillis how long the first question of this start took
 * @param startMillis how long each part of this start took, by name of the part
 * @param instances of each service in this start, from 1
 */
public record StackState(
        Phase phase,
        Map<String, Integer> ports,
        @Nullable ProcessId supervisor,
        Map<String, ProcessId> processes,
        @Nullable String postgresHome,
        @Nullable Long firstAnswerMillis,
        Map<String, Long> startMillis,
        int instances) {

    /** Where a supervisor is in its life. */
    public enum Phase {
        STOPPED,
        STARTING,
        READY,
        STOPPING
    }

    /** The name of the gateway's port in {@link #ports}. */
    public static final String HTTP = "http";

    public static final StackState NONE =
            new StackState(Phase.STOPPED, Map.of(), null, Map.of(), null, null, Map.of(), 1);

    public StackState {
        ports = new TreeMap<>(ports == null ? Map.of() : ports);
        processes = new TreeMap<>(processes == null ? Map.of() : processes);
        startMillis = new TreeMap<>(startMillis == null ? Map.of() : startMillis);
        instances = Math.max(1, instances); // a file of before there were several has none
    }

    /** What the last start left; {@link #NONE} when there was none. */
    public static StackState read(DataFolder data) throws IOException {
        if (!Files.exists(data.stateFile())) return NONE;
        return Json.MAPPER.readValue(data.stateFile().toFile(), StackState.class);
    }

    public void write(DataFolder data) throws IOException {
        DataFolder.write(data.stateFile(), Json.MAPPER.writeValueAsString(this));
    }

    public Optional<Integer> port(String name) {
        return Optional.ofNullable(ports.get(name));
    }

    /** The gateway's address, also when nothing runs there now. */
    public String address() {
        return "http://127.0.0.1:" + ports.getOrDefault(HTTP, 8620);
    }

    /** The supervisor, when it runs. */
    public Optional<ProcessId> runningSupervisor() {
        return Optional.ofNullable(supervisor).filter(ProcessId::alive);
    }

    public StackState in(Phase now) {
        return new StackState(
                now, ports, supervisor, processes, postgresHome, firstAnswerMillis, startMillis, instances);
    }

    /** At the beginning of a start. */
    public StackState starting(Map<String, Integer> chosenPorts, ProcessId self, int howMany) {
        return new StackState(Phase.STARTING, chosenPorts, self, Map.of(), postgresHome, null, Map.of(), howMany);
    }

    /** At the end: nothing runs. */
    public StackState stopped() {
        return new StackState(
                Phase.STOPPED, ports, null, Map.of(), postgresHome, firstAnswerMillis, startMillis, instances);
    }

    public StackState with(String process, ProcessId id) {
        Map<String, ProcessId> all = new TreeMap<>(processes);
        all.put(process, id);
        return new StackState(phase, ports, supervisor, all, postgresHome, firstAnswerMillis, startMillis, instances);
    }

    public StackState keepingPostgresAt(String home) {
        return new StackState(phase, ports, supervisor, processes, home, firstAnswerMillis, startMillis, instances);
    }

    public StackState took(String part, long millis) {
        Map<String, Long> all = new TreeMap<>(startMillis);
        all.put(part, millis);
        return new StackState(phase, ports, supervisor, processes, postgresHome, firstAnswerMillis, all, instances);
    }

    public StackState answeredFirst(long millis) {
        return new StackState(phase, ports, supervisor, processes, postgresHome, millis, startMillis, instances);
    }
}
