package ai.chela.system.fault;

import ai.chela.system.stack.Stack;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts what instances say that they were refused because another had taken over: their counters die with them. */
final class Fenced implements AutoCloseable {
    private static final String METRIC = "fenced";

    private final Stack stack;
    private final Processes processes;
    private final Map<Long, Double> byProcess = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    Fenced(Stack stack, Processes processes) {
        this.stack = stack;
        this.processes = processes;
        Thread.ofVirtual().start(this::count);
    }

    private void count() {
        try {
            do {
                look();
            } while (!over.await(2, TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        for (String service : Processes.SERVICES)
            for (String name : processes.of(service)) {
                Optional<ProcessHandle> process = processes.find(name);
                if (process.isEmpty()) continue;
                Scrape.sum(stack.listener("management-" + name), METRIC)
                        .ifPresent(value -> byProcess.merge(process.get().pid(), value, Math::max));
            }
    }

    /** How many so far; empty when no instance has such a metric. */
    OptionalLong writes() {
        look();
        if (byProcess.isEmpty()) return OptionalLong.empty();
        return OptionalLong.of(
                (long) byProcess.values().stream().mapToDouble(it -> it).sum());
    }

    @Override
    public void close() {
        over.countDown();
    }
}
