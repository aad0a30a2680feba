package ai.chela.contracts.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Topic;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenMessagesTest {
    private static final String CONTRACTS = "ai.chela.contracts";

    @ParameterizedTest
    @MethodSource("all")
    void is_read_and_written_again_equal(Golden golden) throws JsonProcessingException {
        assertEquals(golden.tree(), Golden.tree(Wire.JSON.writeValueAsString(golden.message())), golden::toString);
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_named_after_its_record(Golden golden) {
        assertEquals(golden.record(), golden.message().getClass().getSimpleName(), golden::toString);
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_read_the_same_with_a_field_of_a_later_version(Golden golden) throws JsonProcessingException {
        ObjectNode later = golden.tree().deepCopy();
        later.put("fieldOfALaterVersion", "x")
                .putObject("objectOfALaterVersion")
                .put("kind", "x");

        assertEquals(
                golden.message(), Wire.JSON.treeToValue(later, golden.topic().payload()), golden::toString);
    }

    @Test
    void every_folder_is_a_topic_and_every_topic_has_one() {
        assertEquals(
                Arrays.stream(Topic.values()).map(Topic::topicName).sorted().toList(), Golden.folders());
    }

    @Test
    void every_record_that_a_message_can_be_or_hold_is_in_a_golden_message() {
        Set<String> shown = new TreeSet<>();
        all().forEach(golden -> collectShown(golden.message(), shown));
        Set<String> declared = new TreeSet<>();
        for (Topic topic : Topic.values()) collectDeclared(topic.payload(), declared);

        assertEquals(declared, shown);
    }

    @Test
    void every_record_of_a_topic_is_in_a_golden_message_of_that_topic() {
        for (Topic topic : Topic.values())
            assertEquals(
                    kinds(topic.payload()).map(Class::getSimpleName).sorted().toList(),
                    Golden.of(topic).map(Golden::record).distinct().sorted().toList(),
                    topic.topicName());
    }

    static Stream<Golden> all() {
        return Golden.all().stream();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type);
    }

    private static void collectShown(Object value, Set<String> into) {
        if (value instanceof Collection<?> elements) elements.forEach(element -> collectShown(element, into));
        if (!(value instanceof Record record)) return;
        into.add(record.getClass().getName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object held = valueOf(record, component);
            if (held != null) collectShown(held, into);
        }
    }

    private static @Nullable Object valueOf(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component + " cannot be read", e);
        }
    }

    private static void collectDeclared(Class<?> type, Set<String> into) {
        if (type.isSealed()) for (Class<?> kind : type.getPermittedSubclasses()) collectDeclared(kind, into);
        if (!type.isRecord() || !into.add(type.getName())) return;
        for (RecordComponent component : type.getRecordComponents())
            mentioned(component)
                    .filter(held -> held.getName().startsWith(CONTRACTS))
                    .forEach(held -> collectDeclared(held, into));
    }

    private static Stream<Class<?>> mentioned(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType generic)
            return Arrays.stream(generic.getActualTypeArguments())
                    .filter(Class.class::isInstance)
                    .map(argument -> (Class<?>) argument);
        return Stream.of(component.getType());
    }
}
