package ai.chela.system.stack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives tests the one {@link Stack} of the run: started before the first that needs it, stopped after the last. */
public final class SharedStack implements ParameterResolver, TestWatcher {
    private static final Namespace HERE = Namespace.create(SharedStack.class);

    private record Running(Stack stack) implements AutoCloseable {
        static Running start() {
            Stack stack = Stack.fresh();
            try {
                stack.up();
            } catch (RuntimeException | AssertionError e) {
                System.err.println(stack.troubles());
                stack.close();
                throw e;
            }
            return new Running(stack);
        }

        @Override
        public void close() {
            stack.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running =
                context.getRoot().getStore(HERE).computeIfAbsent("running", _ -> Running.start(), Running.class);
        return running.stack();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        Optional.ofNullable(context.getRoot().getStore(HERE).get("running", Running.class))
                .ifPresent(it -> System.err.println("What the stack logged until " + context.getDisplayName()
                        + " failed:\n" + it.stack().troubles()));
    }
}
