package ai.chela.launcher.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.language.Language;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {
    @TempDir
    Path folder = Path.of("");

    private final Surroundings here = new Surroundings(
            Path.of("."), Map.of(), new PrintStream(PrintStream.nullOutputStream()), System.err, Language.EN);
    private DataFolder data = new DataFolder(Path.of(""));
    private Path backup = Path.of("");

    @BeforeEach
    void install() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        data.prepare();
        DataFolder.write(data.config().resolve("people.yaml"), "people: []\n");
        DataFolder.write(data.config().resolve("domains/own.yaml"), "rules: []\n");
        DataFolder.write(data.token(), "owner\n");
        DataFolder.write(data.tokenOf("ann"), "ann\n");
        DataFolder.write(data.masterKey(), "key\n");
        DataFolder.write(data.keys().resolve("credentials.json"), "{}\n");
        backup = DataFolder.folder(folder.resolve("backup"));
    }

    @Test
    void configuration_is_open_and_tokens_and_keys_are_secret() throws IOException {
        assertEquals(List.of("config/domains/own.yaml", "config/people.yaml"), OwnFiles.open(data));
        assertEquals(List.of("people/ann.token", "token", "keys/master"), OwnFiles.secret(data));
    }

    @Test
    void what_was_saved_comes_back_into_an_empty_folder_for_its_owner_alone() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        DataFolder other = new DataFolder(folder.resolve("other"));
        other.prepare();
        assertEquals(2, OwnFiles.bring(OwnFiles.check(here, backup), backup, other, false));
        Path brought = other.config().resolve("domains/own.yaml");
        assertEquals("rules: []\n", Files.readString(brought));
        assertEquals(2, Files.getPosixFilePermissions(brought).size());
    }

    @Test
    void a_file_that_is_there_is_replaced_only_when_that_is_said() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        Path people = data.config().resolve("people.yaml");
        Files.writeString(people, "people: [mine]\n");
        OwnFiles.bring(OwnFiles.check(here, backup), backup, data, false);
        assertEquals("people: [mine]\n", Files.readString(people));
        OwnFiles.bring(OwnFiles.check(here, backup), backup, data, true);
        assertEquals("people: []\n", Files.readString(people));
    }

    @Test
    void the_master_key_is_never_written_over() throws IOException {
        OwnFiles.save(here, data, OwnFiles.secret(data), backup);
        DataFolder.write(data.masterKey(), "newer\n");
        OwnFiles.bring(OwnFiles.check(here, backup), backup, data, true);
        assertEquals("newer\n", Files.readString(data.masterKey()));
    }

    @Test
    void a_changed_file_is_named() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        Files.writeString(backup.resolve("installation/config/people.yaml"), "people: [other]\n");
        assertTrue(String.valueOf(assertThrows(Problem.class, () -> OwnFiles.check(here, backup))
                        .getMessage())
                .contains("people.yaml is damaged"));
    }

    @Test
    void a_list_that_leads_out_of_the_folder_is_refused() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        Path sums = backup.resolve("installation/SHA256SUMS");
        Files.writeString(sums, Files.readString(sums).replace("config/people.yaml", "config/../../people.yaml"));
        assertTrue(String.valueOf(assertThrows(Problem.class, () -> OwnFiles.check(here, backup))
                        .getMessage())
                .contains("SHA256SUMS is damaged"));
    }

    @Test
    void a_run_that_was_killed_before_it_gave_its_copy_the_name_leaves_the_copy_usable() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        Files.move(backup.resolve("installation"), backup.resolve("installation.new"));
        assertEquals(2, OwnFiles.check(here, backup).size());
    }

    @Test
    void a_second_copy_takes_the_place_of_the_first() throws IOException {
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        Files.delete(data.config().resolve("domains/own.yaml"));
        OwnFiles.save(here, data, OwnFiles.open(data), backup);
        assertEquals(List.of("config/people.yaml"), OwnFiles.check(here, backup));
    }
}
