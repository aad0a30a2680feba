package ai.chela.system.fault;

import ai.chela.system.fault.CrashPoints.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What is to be struck, by lane: a lane is a service, or Kafka, or PostgreSQL. Strikes of one lane come one after the other;
 * lanes do not wait for each other, so that one service is struck while another is on its way back.
 */
record Plan(Map<String, List<Strike>> lanes) {
    /** Past every lease (4 s) and past the session of a consumer (6 s). */
    private static final int PAUSE_FROM_MILLIS = 7_000;

    private static final int PAUSE_TO_MILLIS = 12_000;

    /** Long enough for another instance to take a watch over and to find it changed, twice. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(16);

    /** How something is struck. */
    enum Kind {
        /** {@code kill -9}. */
        KILL,
        /** SIGTERM; the launcher starts it again. */
        TERM,
        /** SIGSTOP, and SIGCONT after a while. */
        PAUSE,
        /** Dies at a named point. */
        HALT,
        /** Stands still at a named point, and goes on after a while. */
        STOP
    }

    /**
     * One strike.
     *
     * @param position among all strikes of the plan, from 0
     * @param target the process; the service when it is struck at a point
     * @param point named crash point, null when it is struck at any time
     * @param alone may be struck while the service's other instance is still on its way back
     * @param pause how long it stands still, zero when it dies
     */
    record Strike(
            int position,
            Kind kind,
            String target,
            @Nullable String point,
            boolean alone,
            Duration pause) {}

    Plan {
        lanes = Map.copyOf(lanes);
    }

    int size() {
        return lanes.values().stream().mapToInt(List::size).sum();
    }

    /** Halts at these points in turn, beginning again when there are fewer than kills. */
    static Plan halts(int kills, List<Point> points) {
        Lanes lanes = new Lanes();
        for (int i = 0; i < kills; i++) lanes.at(Kind.HALT, points.get(i % points.size()), false, Duration.ZERO);
        return lanes.plan();
    }

    /** Long stops at one point, again and again. */
    static Plan stops(int kills, Point point) {
        Lanes lanes = new Lanes();
        for (int i = 0; i < kills; i++) lanes.at(Kind.STOP, point, false, LONG_PAUSE);
        return lanes.plan();
    }

    /** Kills of the instances of one service in turn. */
    static Plan kills(int kills, List<String> instances) {
        Lanes lanes = new Lanes();
        for (int i = 0; i < kills; i++) lanes.add(Kind.KILL, instances.get(i % instances.size()), false, Duration.ZERO);
        return lanes.plan();
    }

    /** Strikes of all kinds. */
    static Plan mixed(int kills, long seed, List<Point> points, List<String> instances) {
        Random random = new Random(seed);
        Lanes lanes = new Lanes();
        List<Point> left = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            if (left.isEmpty()) {
                left.addAll(points);
                Collections.shuffle(left, random);
            }
            int dice = random.nextInt(100);
            boolean alone = random.nextInt(3) == 0;
            Duration pause = Duration.ofMillis(random.nextInt(PAUSE_FROM_MILLIS, PAUSE_TO_MILLIS));
            String instance = instances.get(random.nextInt(instances.size()));
            if (dice < 30) lanes.add(Kind.KILL, instance, alone, Duration.ZERO);
            else if (dice < 58) lanes.at(Kind.HALT, left.removeLast(), alone, Duration.ZERO);
            else if (dice < 69) lanes.at(Kind.STOP, left.removeLast(), alone, pause);
            else if (dice < 80) lanes.add(Kind.PAUSE, instance, alone, pause);
            else if (dice < 90) lanes.add(Kind.TERM, instance, alone, Duration.ZERO);
            else if (dice < 93) lanes.add(Kind.KILL, "kafka", alone, Duration.ZERO);
            else if (dice < 96) lanes.add(Kind.KILL, "postgres", alone, Duration.ZERO);
            else lanes.add(Kind.PAUSE, dice < 98 ? "kafka" : "postgres", alone, pause);
        }
        return lanes.plan();
    }

    /** A plan that is being made. */
    private static final class Lanes {
        private final Map<String, List<Strike>> lanes = new LinkedHashMap<>();
        private int count;

        void add(Kind kind, String target, boolean alone, Duration pause) {
            put(Processes.serviceOf(target), new Strike(count++, kind, target, null, alone, pause));
        }

        void at(Kind kind, Point point, boolean alone, Duration pause) {
            put(point.service(), new Strike(count++, kind, point.service(), point.name(), alone, pause));
        }

        private void put(String lane, Strike strike) {
            lanes.computeIfAbsent(lane, _ -> new ArrayList<>()).add(strike);
        }

        Plan plan() {
            return new Plan(lanes);
        }
    }
}
