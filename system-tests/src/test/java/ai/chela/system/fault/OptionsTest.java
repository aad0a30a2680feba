package ai.chela.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void everything_has_a_default_and_the_time_grows_with_the_kills() throws Options.Wrong {
        Options options = Options.of(List.of());
        assertEquals(30, options.kills());
        assertEquals(100, options.talks());
        assertTrue(Options.of(List.of("--kills", "500")).limit().compareTo(options.limit()) > 0);
    }

    @Test
    void every_option_is_taken() throws Options.Wrong {
        Options options = Options.of(List.of(
                "--kills",
                "5",
                "--seed",
                "42",
                "--minutes",
                "3",
                "--talks",
                "7",
                "--points",
                "--outages",
                "--without",
                "relay",
                "--with",
                "fencing"));
        assertEquals(
                new Options(
                        5,
                        42,
                        Duration.ofMinutes(3),
                        7,
                        true,
                        true,
                        false,
                        Set.of(Protection.RELAY),
                        Set.of(Protection.FENCING)),
                options);
    }

    @Test
    void what_is_wrong_is_named_with_what_is_allowed() {
        assertSays("--kills must be a whole number from 1 to 10000", "--kills", "0");
        assertSays("--kills must be a whole number", "--kills");
        assertSays("--seed must be a whole number", "--seed", "today");
        assertSays("--fast is not known", "--fast");
        assertSays("--without must be inbox, relay, fencing or journal", "--without", "luck");
        assertSays("--with must be inbox, relay, fencing or journal", "--with", "luck");
    }

    private static void assertSays(String expected, String... arguments) {
        String said = String.valueOf(assertThrows(Options.Wrong.class, () -> Options.of(List.of(arguments)))
                .getMessage());
        assertTrue(said.contains(expected), said);
        assertTrue(said.contains("usage:"), said);
    }
}
