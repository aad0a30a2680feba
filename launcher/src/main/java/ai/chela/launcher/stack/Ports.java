package ai.chela.launcher.stack;

import ai.chela.launcher.data.StackState;
import ai.chela.launcher.language.Language;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Which port each listener takes. The gateway's is a person's choice; the others are found and remembered. */
public final class Ports {
    public static final int DEFAULT_HTTP = 8620;
    /** How far a second stack is suggested to be from the first: more than the listeners of one. */
    static final int STRIDE = 10;

    public static final String KAFKA = "kafka";
    public static final String KAFKA_CONTROLLER = "kafka-controller";
    public static final String POSTGRES = "postgres";

    private Ports() {}

    /** The names of all listeners but the first gateway's. */
    static List<String> inner(int instances) {
        List<String> names = new ArrayList<>(List.of(KAFKA, KAFKA_CONTROLLER, POSTGRES));
        for (Member member : Member.all(instances)) {
            names.add(member.managementPort());
            if (member.service() == Service.GATEWAY && member.number() > 1) names.add(member.httpPort());
        }
        return names;
    }

    /**
     * The port of every listener: the remembered one where it is free, else the first free one above the gateway's.
     *
     * @param http the gateway's port
     * @param instances of each service
     */
    static Map<String, Integer> choose(int http, int instances, Map<String, Integer> remembered, IntPredicate free) {
        Map<String, Integer> chosen = new TreeMap<>(Map.of(StackState.HTTP, http));
        Set<Integer> taken = new HashSet<>(Set.of(http));
        int next = http + 1;
        for (String name : inner(instances)) {
            Integer before = remembered.get(name);
            if (before != null && !taken.contains(before) && free.test(before)) {
                chosen.put(name, before);
                taken.add(before);
                continue;
            }
            while (taken.contains(next) || remembered.containsValue(next) || !free.test(next)) {
                if (++next > 65_535) next = 1_024;
            }
            chosen.put(name, next);
            taken.add(next);
        }
        return chosen;
    }

    /** The next port to suggest in place of one that is held, free and with room for a stack's other listeners. */
    static int suggestion(int held, IntPredicate free) {
        int port = held;
        do {
            port = port + STRIDE > 65_000 ? 8_630 : port + STRIDE;
        } while (!free.test(port));
        return port;
    }

    /** What a person is told who wants the gateway on a port that is held: by whom, and which other one is free. */
    public static String held(Language language, int port, String suffix) {
        return PortHolder.message(language, port, PortHolder.of(port), suggestion(port, Ports::isFree), suffix);
    }

    /** True when a listener could take this port on loopback now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException _) {
            return false; // the one reason for a refusal on loopback is that it is held
        }
    }
}
