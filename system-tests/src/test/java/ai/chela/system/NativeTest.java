package ai.chela.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code ./chela test --native} says is tested natively is: without this, a stack on the JVM would pass as well. */
@ExtendWith(SharedStack.class)
@EnabledIfEnvironmentVariable(named = Stack.NATIVE, matches = "[a-z].*", disabledReason = "for ./chela test --native")
class NativeTest {
    @Test
    void each_service_with_an_executable_runs_it(Stack stack) {
        JsonNode processes = stack.status().path("processes");
        for (String service : System.getenv(Stack.NATIVE).split(" "))
            assertEquals("native", processes.path(service).path("runtime").asText(), service);
    }
}
