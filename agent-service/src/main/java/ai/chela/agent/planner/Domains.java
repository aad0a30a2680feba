package ai.chela.agent.planner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The domains that come with the service, and checks across domains. */
public final class Domains {
    private static final String FOLDER = "/domains/";

    private Domains() {}

    /** The shipped domains in the order of {@code /domains/index.txt}, a resource. */
    public static List<Domain> builtIn() {
        List<Domain> domains = new ArrayList<>();
        for (String file : resource("index.txt").lines().map(String::strip).toList())
            if (!file.isEmpty())
                switch (Domain.parse(file, resource(file))) {
                    case Domain.Good(Domain domain) -> domains.add(domain);
                    case Domain.Bad(List<Domain.Problem> problems) ->
                        throw new IllegalStateException("shipped domain: " + problems);
                }
        return List.copyOf(domains);
    }

    /** The text of the shipped example that a person can copy into the configuration's {@code domains} folder. */
    public static String standupExample() {
        return resource("standup.yaml");
    }

    /** What is wrong between files that are each good: names taken twice, steps that name no task. */
    public static List<Domain.Problem> problems(List<Domain> domains) {
        List<Domain.Problem> problems = new ArrayList<>();
        Map<String, Domain> byName = new HashMap<>();
        for (Domain domain : domains) {
            Domain other = byName.put(domain.name(), domain);
            if (other != null)
                problems.add(new Domain.Problem(
                        domain.file(),
                        1,
                        "domain",
                        "“" + domain.name() + "” is also in " + other.file(),
                        "another name"));
        }
        for (Domain domain : domains)
            for (Task task : domain.tasks().values())
                for (Method method : task.methods())
                    for (Method.Step step : method.steps())
                        if (!step.operator() && !exists(domain, step.name(), byName))
                            problems.add(new Domain.Problem(
                                    domain.file(),
                                    1,
                                    "tasks." + task.name() + "." + method.name(),
                                    "no task “" + step.name() + "”",
                                    domain.tasks().keySet() + ", or DOMAIN/TASK of another file"));
        return problems;
    }

    private static boolean exists(Domain domain, String name, Map<String, Domain> byName) {
        int slash = name.indexOf('/');
        Domain home = slash < 0 ? domain : byName.get(name.substring(0, slash));
        return home != null && home.tasks().containsKey(name.substring(slash + 1));
    }

    private static String resource(String file) {
        try (InputStream in = Domains.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) throw new IllegalStateException("missing resource " + FOLDER + file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
