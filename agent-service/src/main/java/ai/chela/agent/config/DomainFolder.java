package ai.chela.agent.config;

import ai.chela.agent.planner.Domain;
import ai.chela.agent.planner.Domains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The planner's domains that people dropped into a folder. A file that is wrong is said so, and what it said before, if
 * anything, stays until it is mended or removed.
 */
final class DomainFolder {
    private static final Logger LOG = Logger.getLogger(DomainFolder.class);

    /** More than this is no hand-written domain. */
    private static final long MAX_BYTES = 256 * 1024;

    private record Version(FileTime modified, long size) {}

    private final Path folder;
    private Map<Path, Version> seen = Map.of();
    /** What each file said when it was right last. */
    private Map<Path, Domain> right = Map.of();

    private volatile List<Domain> domains = List.of();
    private volatile List<String> problems = List.of();

    DomainFolder(Path folder) {
        this.folder = folder;
        refresh();
    }

    List<Domain> value() {
        return domains;
    }

    List<String> problems() {
        return problems;
    }

    /** Looks at the folder again; true when something changed. Not thread-safe. */
    boolean refresh() {
        try {
            Map<Path, Version> now = files();
            if (now.equals(seen)) return false;
            seen = now;
            read(now);
            return true;
        } catch (IOException e) {
            problems = List.of("domains: cannot be read: " + e.getMessage());
            return false;
        }
    }

    /** What is wrong with a domain beside the others: a file may be good by itself and yet not fit them. */
    private static List<Domain.Problem> beside(Map<Path, Domain> good, Domain domain) {
        List<Domain> together = new ArrayList<>(Domains.builtIn());
        together.addAll(good.values());
        together.add(domain);
        return Domains.problems(together);
    }

    private Map<Path, Version> files() throws IOException {
        Map<Path, Version> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) return files;
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).toList())
                files.put(path, new Version(Files.getLastModifiedTime(path), Files.size(path)));
        }
        return files;
    }

    private void read(Map<Path, Version> files) throws IOException {
        Map<Path, Domain> good = new LinkedHashMap<>();
        List<String> bad = new ArrayList<>();
        for (Map.Entry<Path, Version> file : files.entrySet()) {
            Path path = file.getKey();
            List<String> found = new ArrayList<>();
            Domain fresh = parsed(path, file.getValue(), found);
            if (fresh != null) beside(good, fresh).forEach(problem -> found.add(problem.toString()));
            Domain kept = found.isEmpty() ? fresh : right.get(path);
            if (kept != null && beside(good, kept).isEmpty()) good.put(path, kept);
            bad.addAll(found);
        }
        for (String problem : bad) LOG.errorf("config.refused problem=\"%s\"", problem);
        LOG.infof("config.loaded domains=%d", good.size());
        right = good;
        domains = List.copyOf(good.values());
        problems = List.copyOf(bad);
    }

    private static @Nullable Domain parsed(Path path, Version version, List<String> found) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (version.size() > MAX_BYTES) {
            found.add(name + ": larger than 256 KiB");
            return null;
        }
        return switch (Domain.parse(name, Files.readString(path))) {
            case Domain.Good(Domain domain) -> domain;
            case Domain.Bad(List<Domain.Problem> problems) -> {
                problems.forEach(problem -> found.add(problem.toString()));
                yield null;
            }
        };
    }
}
