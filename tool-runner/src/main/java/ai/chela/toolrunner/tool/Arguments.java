package ai.chela.toolrunner.tool;

import java.util.Map;
import java.util.Optional;

/** Arguments that passed the schema of their tool, so what it requires is there and has its type. */
public record Arguments(Map<String, Object> values) {
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * A text that the schema requires.
     *
     * @throws IllegalStateException when the schema does not require it, a defect of the tool
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> new IllegalStateException(name + " is not required by the schema"));
    }

    /** A text that the schema allows; blank counts as absent. */
    public Optional<String> optionalText(String name) {
        Object value = values.get(name);
        return value instanceof String text && !text.isBlank() ? Optional.of(text.strip()) : Optional.empty();
    }

    /**
     * A text that the schema requires, as it was given: with its line ends and outer blanks.
     *
     * @throws IllegalStateException when the schema does not require it, a defect of the tool
     */
    public String verbatim(String name) {
        if (values.get(name) instanceof String text) return text;
        throw new IllegalStateException(name + " is not required by the schema");
    }

    /**
     * A whole number that the schema requires.
     *
     * @throws IllegalStateException when the schema does not require it, a defect of the tool
     */
    public long whole(String name) {
        if (values.get(name) instanceof Number number) return number.longValue();
        throw new IllegalStateException(name + " is not required by the schema");
    }
}
