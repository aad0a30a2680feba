package ai.chela.agent.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.chela.contracts.memory.ExtractionCompleted.Lesson;
import ai.chela.contracts.memory.ExtractionCompleted.Lesson.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonReaderTest {
    @Test
    void the_object_is_found_whatever_stands_around_it() {
        assertEquals(
                List.of(new Lesson("I prefer tea", Kind.PREFERENCE)),
                LessonReader.read(
                        "Sure!\n```json\n{\"lessons\":[{\"quote\":\" I prefer tea \",\"kind\":\"Preference\"}]}\n```"));
    }

    @Test
    void nothing_to_learn_is_an_answer() {
        assertEquals(List.of(), LessonReader.read("{\"lessons\": []}"));
    }

    @Test
    void more_than_three_are_cut_and_one_that_comes_twice_is_one() {
        List<Lesson> lessons = LessonReader.read("{\"lessons\":[{\"quote\":\"a b\"},{\"quote\":\"a b\"},"
                + "{\"quote\":\"c d\"},{\"quote\":\"e f\"},{\"quote\":\"g h\"}]}");
        assertEquals(
                List.of("a b", "c d", "e f"),
                Objects.requireNonNull(lessons).stream().map(Lesson::quote).toList());
    }

    @Test
    void what_is_no_quote_is_passed_over() {
        String answer = "{\"lessons\":[1, null, {}, {\"quote\":\"\"}, {\"quote\":[\"x\"]}, {\"quote\":\""
                + "x".repeat(501) + "\"}, {\"quote\":\"a b\",\"kind\":7}]}";
        assertEquals(List.of(new Lesson("a b", Kind.FACT)), LessonReader.read(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "{",
                "}{",
                "[]",
                "{\"lessons\": \"I prefer tea\"}",
                "{\"lesson\": []}",
                "{\"lessons\": [}",
                "{\"lessons\": [], \"lessons\": "
            })
    void what_is_no_such_answer_is_none(String answer) {
        assertNull(LessonReader.read(answer));
    }

    @Test
    void brackets_without_end_are_no_answer() {
        assertNull(LessonReader.read("{\"lessons\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
    }
}
