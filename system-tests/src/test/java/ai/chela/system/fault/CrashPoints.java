package ai.chela.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The named points at which a service dies when it is told to: a file of the point's name in the service's folder arms it,
 * and the process that strikes renames the file to {@code <point>.hit.<instance>}.
 */
final class CrashPoints {
    /** A point in a service; any of its instances may be the one that strikes. */
    record Point(String service, String name) {
        @Override
        public String toString() {
            return name + " in " + service;
        }
    }

    private static final Map<String, List<String>> MOMENTS = Map.of(
            "agent-service",
                    List.of(
                            "inbox.commit",
                            "lease",
                            "journal.write",
                            "model.call",
                            "tool.request",
                            "reply.commit",
                            "publish"),
            "tool-runner", List.of("inbox.commit", "lease", "tool.effect", "tool.result", "publish"),
            "gateway-service", List.of("inbox.commit", "channel.send", "publish", "send.record"),
            "scheduler-service", List.of("inbox.commit", "trigger.claim", "lease", "publish"),
            "memory-service", List.of("inbox.commit", "publish"));

    /** Passed only when something is said in a chat. */
    private static final Set<String> IN_CHATS = Set.of("channel.send", "send.record");

    private static final int LONGEST =
            MOMENTS.values().stream().mapToInt(List::size).max().orElse(0);

    private final Path folder;

    /** @param folder above those of the services, as {@code CHELA_CRASH_FOLDER} names it for the launcher */
    CrashPoints(Path folder) {
        this.folder = folder;
    }

    /**
     * All points, each service's in turn.
     *
     * @param chats whether somebody talks over a chat platform
     */
    static List<Point> all(boolean chats) {
        List<Point> all = new ArrayList<>();
        for (int moment = 0; moment < LONGEST; moment++)
            for (String side : List.of(".before", ".after"))
                for (String service : Processes.SERVICES) {
                    List<String> moments = MOMENTS.getOrDefault(service, List.of());
                    if (moment < moments.size() && (chats || !IN_CHATS.contains(moments.get(moment))))
                        all.add(new Point(service, moments.get(moment) + side));
                }
        return all;
    }

    /**
     * Arms a point and waits for it to strike.
     *
     * @param how {@code halt} or {@code stop}
     * @return the instance that it struck; empty when nobody came by, and then it is disarmed
     */
    Optional<String> strike(Point point, String how, Duration limit) {
        Path home = folder.resolve(point.service());
        try {
            Path fresh = home.resolve(".arming");
            Files.writeString(fresh, how);
            Files.move(fresh, home.resolve(point.name()), StandardCopyOption.ATOMIC_MOVE);
            long end = System.nanoTime() + limit.toNanos();
            while (System.nanoTime() - end < 0) {
                Optional<String> hit = hit(home, point.name() + ".hit.");
                if (hit.isPresent()) return hit;
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            Files.deleteIfExists(home.resolve(point.name()));
            return hit(home, point.name() + ".hit.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> hit(Path home, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            Optional<Path> hit = files.filter(it -> it.getFileName().toString().startsWith(prefix))
                    .findFirst();
            if (hit.isEmpty()) return Optional.empty();
            Files.delete(hit.get());
            return Optional.of(hit.get().getFileName().toString().substring(prefix.length()));
        }
    }
}
