package ai.chela.agent.config;

import ai.chela.agent.planner.Domain;
import ai.chela.agent.planner.Domains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The planner's domains that people dropped into a folder. A file that is wrong is left out, and said so. */
final class DomainFolder {
    private static final Logger LOG = Logger.getLogger(DomainFolder.class);

    /** More than this is no hand-written domain. */
    private static final long MAX_BYTES = 256 * 1024;

    private record Version(FileTime modified, long size) {}

    private final Path folder;
    private Map<Path, Version> seen = Map.of();
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

    /** A file may be good by itself and yet not fit the others. */
    private static void add(Domain domain, List<Domain> good, List<String> bad) {
        List<Domain> together = new ArrayList<>(Domains.builtIn());
        together.addAll(good);
        together.add(domain);
        List<Domain.Problem> found = Domains.problems(together);
        if (found.isEmpty()) good.add(domain);
        else found.forEach(problem -> bad.add(problem.toString()));
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
        List<Domain> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (Map.Entry<Path, Version> file : files.entrySet()) {
            String name = String.valueOf(file.getKey().getFileName());
            if (file.getValue().size() > MAX_BYTES) {
                bad.add(name + ": larger than 256 KiB");
                continue;
            }
            switch (Domain.parse(name, Files.readString(file.getKey()))) {
                case Domain.Good(Domain domain) -> add(domain, good, bad);
                case Domain.Bad(List<Domain.Problem> found) -> found.forEach(problem -> bad.add(problem.toString()));
            }
        }
        for (String problem : bad) LOG.errorf("config.refused problem=\"%s\"", problem);
        LOG.infof("config.loaded domains=%d", good.size());
        domains = List.copyOf(good);
        problems = List.copyOf(bad);
    }
}
