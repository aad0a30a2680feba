package ai.chela.launcher.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Problem;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativesTest {
    private static final String HERE = "the hash of the sources as they are";

    @TempDir
    Path root;

    private Natives natives() throws IOException {
        return Natives.of(root, new DataFolder(root.resolve("data")));
    }

    /** An executable and a jar of these sources. */
    private void build(Service service, String ofExecutable, String ofJar) throws IOException {
        Path folder = Files.createDirectories(root.resolve(service.folder()).resolve("target/native"));
        Path executable = Files.createFile(folder.resolve(service.folder()));
        assertTrue(executable.toFile().setExecutable(true));
        Files.writeString(folder.resolve("stamp"), ofExecutable);
        Path stamps = Files.createDirectories(root.resolve("launcher/target/stamps"));
        Files.writeString(stamps.resolve(service.folder()), ofJar);
    }

    private void remember(String content) throws IOException {
        Path config = Files.createDirectories(root.resolve("data/config"));
        Files.writeString(config.resolve("memory.yaml"), content);
    }

    @Test
    void a_service_with_an_executable_of_the_same_sources_as_its_jar_runs_natively() throws IOException {
        build(Service.AGENT, HERE, HERE);
        assertEquals(
                Map.of(Service.AGENT, root.resolve("agent-service/target/native/agent-service")),
                natives().executables());
    }

    @Test
    void every_other_service_has_a_reason() throws IOException {
        build(Service.AGENT, HERE, HERE);
        assertEquals(
                Set.of(Service.GATEWAY, Service.SCHEDULER, Service.TOOL_RUNNER, Service.MEMORY),
                natives().obstacles().keySet());
    }

    @Test
    void an_executable_of_other_sources_is_not_run() throws IOException {
        build(Service.AGENT, "the hash of before", HERE);
        assertEquals(Natives.Obstacle.OTHER_SOURCES, natives().obstacles().get(Service.AGENT));
    }

    @Test
    void an_executable_whose_build_was_broken_off_is_not_run() throws IOException {
        build(Service.AGENT, "", "");
        assertEquals(Natives.Obstacle.OTHER_SOURCES, natives().obstacles().get(Service.AGENT));
    }

    @Test
    void a_service_without_an_executable_says_so() throws IOException {
        assertEquals(Natives.Obstacle.NOT_BUILT, natives().obstacles().get(Service.GATEWAY));
    }

    @Test
    void the_embedded_index_keeps_memory_service_on_the_jvm() throws IOException {
        build(Service.MEMORY, HERE, HERE);
        remember("embedding: endpoint\nindex: embedded\n");
        assertEquals(Natives.Obstacle.IN_PROCESS_PARTS, natives().obstacles().get(Service.MEMORY));
    }

    @Test
    void a_model_in_the_process_keeps_memory_service_on_the_jvm() throws IOException {
        build(Service.MEMORY, HERE, HERE);
        remember("embedding: file\nindex: qdrant\n");
        assertEquals(Natives.Obstacle.IN_PROCESS_PARTS, natives().obstacles().get(Service.MEMORY));
    }

    @Test
    void what_memory_yaml_leaves_out_is_in_the_process() throws IOException {
        build(Service.MEMORY, HERE, HERE);
        remember("# nothing\n");
        assertEquals(Natives.Obstacle.IN_PROCESS_PARTS, natives().obstacles().get(Service.MEMORY));
    }

    @Test
    void with_qdrant_and_an_endpoint_memory_service_runs_natively() throws IOException {
        build(Service.MEMORY, HERE, HERE);
        remember("embedding: endpoint\nindex: qdrant\n");
        assertTrue(natives().executables().containsKey(Service.MEMORY));
    }

    @Test
    void with_qdrant_and_without_a_model_memory_service_runs_natively() throws IOException {
        build(Service.MEMORY, HERE, HERE);
        remember("embedding: off\nindex: qdrant\n");
        assertTrue(natives().executables().containsKey(Service.MEMORY));
    }

    @Test
    void a_memory_yaml_that_cannot_be_read_is_named() throws IOException {
        remember("index: [");
        assertTrue(Problem.reason(assertThrows(Problem.class, this::natives)).contains("memory.yaml"));
    }

    @Test
    void a_jvm_is_not_native() {
        assertFalse(Natives.isNative(ProcessId.self()));
    }
}
