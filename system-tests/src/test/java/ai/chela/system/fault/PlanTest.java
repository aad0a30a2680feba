package ai.chela.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.fault.CrashPoints.Point;
import ai.chela.system.fault.Plan.Strike;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final List<Point> POINTS = CrashPoints.all(true);
    private static final List<String> INSTANCES = Processes.SERVICES.stream()
            .flatMap(it -> List.of(it, it + "-2").stream())
            .toList();

    @Test
    void the_same_seed_gives_the_same_plan_and_another_one_another() {
        assertEquals(Plan.mixed(50, 7, POINTS, INSTANCES), Plan.mixed(50, 7, POINTS, INSTANCES));
        assertTrue(!Plan.mixed(50, 7, POINTS, INSTANCES).equals(Plan.mixed(50, 8, POINTS, INSTANCES)));
    }

    @Test
    void a_mixed_plan_strikes_everything() {
        Plan plan = Plan.mixed(500, 1, POINTS, INSTANCES);
        assertEquals(500, plan.size());
        assertEquals(7, plan.lanes().size());
        assertEquals(Set.copyOf(POINTS), points(plan));
    }

    @Test
    void halts_reach_every_point_once_before_any_is_reached_again() {
        assertEquals(Set.copyOf(POINTS), points(Plan.halts(POINTS.size(), POINTS)));
    }

    @Test
    void points_of_a_send_are_left_out_where_nobody_chats() {
        assertTrue(CrashPoints.all(false).stream().noneMatch(it -> it.name().startsWith("channel.send")));
    }

    private static Set<Point> points(Plan plan) {
        return plan.lanes().entrySet().stream()
                .flatMap(lane -> lane.getValue().stream()
                        .map(Strike::point)
                        .filter(java.util.Objects::nonNull)
                        .map(point -> new Point(lane.getKey(), point)))
                .collect(Collectors.toSet());
    }
}
