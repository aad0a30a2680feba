package ai.chela.system.fault;

import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a stack, as the kernel sees them. */
final class Processes {
    static final List<String> SERVICES =
            List.of("gateway-service", "scheduler-service", "agent-service", "memory-service", "tool-runner");

    private final Stack stack;
    private final int instances;

    Processes(Stack stack, int instances) {
        this.stack = stack;
        this.instances = instances;
    }

    /** The names of all, as {@code stack.json} has them. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String service : SERVICES) names.addAll(of(service));
        names.add("kafka");
        names.add("postgres");
        return names;
    }

    /** The instances of a service. */
    List<String> of(String service) {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= instances; number++) names.add(number == 1 ? service : service + "-" + number);
        return names;
    }

    /** The process of an instance id such as {@code tool-runner-2} or {@code agent-1}. */
    String named(String service, String instance) {
        return instance.endsWith("-1") ? service : service + instance.substring(instance.lastIndexOf('-'));
    }

    Optional<ProcessHandle> find(String name) {
        return stack.process(name);
    }

    /** Sends a signal to a process and to what it started; false when it is not there. */
    boolean signal(String name, String signal) {
        Optional<ProcessHandle> process = find(name);
        if (process.isEmpty()) return false;
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        // PostgreSQL works in processes of its own making, and they die by themselves with the one above them
        Stream<ProcessHandle> all = signal.equals("STOP") || signal.equals("CONT")
                ? Stream.concat(process.stream(), process.get().descendants())
                : process.stream();
        all.forEach(it -> command.add(Long.toString(it.pid())));
        return run(command) || signal.equals("STOP") || signal.equals("CONT");
    }

    /** Sends a signal to one process, which must be there. */
    static void signal(ProcessHandle process, String signal) {
        if (!run(List.of("kill", "-" + signal, Long.toString(process.pid()))))
            throw new IllegalStateException("no " + signal + " for the process " + process.pid());
    }

    private static boolean run(List<String> command) {
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whether a process with this name runs and says that it can work. */
    boolean isReady(String name) {
        return find(name).isPresent() && (isService(name) ? ready(name) : listens(name));
    }

    static boolean isService(String name) {
        return SERVICES.stream().anyMatch(name::startsWith);
    }

    /** The service of an instance; the name itself for what is no service's. */
    static String serviceOf(String name) {
        return SERVICES.stream().filter(name::startsWith).findFirst().orElse(name);
    }

    /** All instances of all services. */
    List<String> instances() {
        return SERVICES.stream().flatMap(service -> of(service).stream()).toList();
    }

    /** One that was killed and not yet taken note of is still listed, and listens no more. */
    private boolean listens(String name) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.listener(name)), 1_000);
            return true;
        } catch (IOException _) {
            return false; // it is on its way
        }
    }

    private boolean ready(String name) {
        return Scrape.answers(stack.listener("management-" + name), "/q/health/ready");
    }
}
