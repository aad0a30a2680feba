package ai.chela.launcher.bench;

import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Resident memory, after whatever was measured before. */
final class Memory implements Measurement {
    private static final double GOAL_MEGABYTES = 900;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("memory", "内存");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException {
        Map<Long, String> roots = ProcessorTime.roots(bench.state());
        roots.values().remove(ProcessorTime.BENCH);
        Map<String, MemoryUse> use = MemoryUse.of(roots);
        Map<String, Double> resident = megabytes(use, MemoryUse::resident);
        Map<String, Double> proportional = megabytes(use, MemoryUse::proportional);
        double services = services(resident);
        return List.of(new Finding(
                "memory",
                title(bench),
                List.of(
                        new Line.Value(
                                "servicesResidentMegabytes",
                                bench.say("five services, resident", "五个服务，常驻"),
                                services,
                                "MB",
                                List.of(Goal.atMost("", GOAL_MEGABYTES, services))),
                        new Line.Value(
                                "servicesProportionalMegabytes",
                                bench.say("shared pages divided", "共享页分摊后"),
                                services(proportional),
                                "MB"),
                        new Line.Shares(
                                "residentMegabytes",
                                bench.say("each, resident (RSS)", "各进程常驻（RSS）"),
                                resident,
                                "MB",
                                List.of()),
                        new Line.Shares(
                                "proportionalMegabytes",
                                bench.say("each, proportional (PSS)", "各进程按比例（PSS）"),
                                proportional,
                                "MB",
                                List.of()))));
    }

    private static Map<String, Double> megabytes(Map<String, MemoryUse> use, ToLongFunction<MemoryUse> which) {
        Map<String, Double> megabytes = new LinkedHashMap<>();
        use.forEach((name, it) -> megabytes.put(name, which.applyAsLong(it) / 1048576.0));
        return megabytes;
    }

    /** Several instances of a service count together. */
    private static double services(Map<String, Double> megabytes) {
        double sum = 0;
        for (Map.Entry<String, Double> process : megabytes.entrySet())
            for (Service service : Service.values())
                if (process.getKey().startsWith(service.folder())) sum += process.getValue();
        return sum;
    }
}
