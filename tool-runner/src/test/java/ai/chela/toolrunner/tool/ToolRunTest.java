package ai.chela.toolrunner.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.tool.ToolDeclared.Effect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ToolRunTest {

    private interface Body {
        ToolResult run() throws InterruptedException;
    }

    private record Fake(String name, Duration limit, Body body) implements Tool {
        @Override
        public Declaration declaration() {
            return new Declaration(
                    name, "1", "A fake.", Schema.object().build(), Effect.READ, true, new Limits(limit, 100));
        }

        @Override
        public ToolResult run(Arguments args, ToolContext context) throws InterruptedException {
            return body.run();
        }
    }

    @Test
    void a_result_longer_than_its_limit_is_cut_and_said_so() throws InterruptedException {
        ToolResult result = ran(() -> new ToolResult.Ok("字".repeat(100), Map.of()), Duration.ofSeconds(5));
        assertEquals("字".repeat(33) + "\n(cut: the result was longer than 100 bytes)", result.text());
    }

    @Test
    void a_tool_that_does_not_end_is_interrupted_at_its_limit() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        ToolResult result = ran(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                        return new ToolResult.Ok("", Map.of());
                    } finally {
                        interrupted.countDown();
                    }
                },
                Duration.ofMillis(10));
        assertEquals(
                "tool.timeout",
                assertInstanceOf(ToolResult.Failed.class, result).code());
        interrupted.await();
    }

    @Test
    void a_defect_of_a_tool_reaches_no_user() throws InterruptedException {
        ToolResult result = ran(
                () -> {
                    throw new IllegalStateException("secret of the inside");
                },
                Duration.ofSeconds(5));
        assertEquals("fake failed by a defect of its own; its log says more.", result.text());
    }

    @Test
    void two_tools_of_one_name_are_refused() {
        Tool fake = new Fake("fake", Duration.ofSeconds(1), () -> new ToolResult.Ok("", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new ToolBox(List.of(fake, fake)));
    }

    private static ToolResult ran(Body body, Duration limit) throws InterruptedException {
        Tool fake = new Fake("fake", limit, body);
        return new ToolRun(new ToolBox(List.of(fake)), Clock.systemUTC())
                .run(
                        "fake",
                        Map.of(),
                        Language.EN,
                        ZoneOffset.UTC,
                        Instant.now().plusSeconds(60));
    }
}
