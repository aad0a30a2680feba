package ai.chela.kit.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes<String, Integer> lanes = new Lanes<>(2);

    private List<Lanes.Turn<String, Integer>> begin() {
        return lanes.begin(_ -> 1);
    }

    @Test
    void items_of_one_lane_go_one_after_another() {
        lanes.add("a", 1);
        lanes.add("a", 2);
        var first = begin();
        assertEquals(List.of(1), first.getFirst().items());
        assertTrue(begin().isEmpty());
        lanes.done(first.getFirst());
        assertEquals(List.of(2), begin().getFirst().items());
    }

    @Test
    void lanes_go_side_by_side_up_to_the_bound() {
        lanes.add("a", 1);
        lanes.add("b", 1);
        lanes.add("c", 1);
        assertEquals(List.of("a", "b"), begin().stream().map(Lanes.Turn::lane).toList());
    }

    @Test
    void a_lane_with_much_to_do_lets_others_go_first() {
        lanes.add("a", 1);
        lanes.add("b", 1);
        var both = begin();
        lanes.add("a", 2);
        lanes.add("c", 1);
        lanes.done(both.getFirst());
        assertEquals("c", begin().getFirst().lane());
    }

    @Test
    void a_batch_is_what_has_gathered_and_no_more() {
        for (int i = 0; i < 5; i++) lanes.add("a", i);
        assertEquals(List.of(0, 1, 2), lanes.begin(_ -> 3).getFirst().items());
    }

    @Test
    void what_has_not_begun_can_be_forgotten() {
        lanes.add("a", 1);
        lanes.add("a", 2);
        var turn = begin().getFirst();
        lanes.clear();
        lanes.done(turn);
        assertEquals(0, lanes.size());
        assertTrue(begin().isEmpty());
        lanes.add("a", 3);
        assertEquals(List.of(3), begin().getFirst().items());
    }

    @Test
    void a_lane_that_was_forgotten_before_it_began_can_begin_again() {
        lanes.add("a", 1);
        lanes.clear();
        lanes.add("a", 2);
        assertEquals(List.of(2), begin().getFirst().items());
        assertEquals(1, lanes.size());
    }

    @Test
    void in_every_history_each_item_goes_once_in_the_order_of_its_lane_and_never_beside_its_like() {
        for (long seed = 0; seed < 300; seed++) history(seed);
    }

    private static void history(long seed) {
        Random random = new Random(seed);
        Lanes<Integer, Integer> lanes = new Lanes<>(1 + random.nextInt(4));
        Map<Integer, Integer> added = new HashMap<>();
        Map<Integer, Integer> seen = new HashMap<>();
        List<Lanes.Turn<Integer, Integer>> underWay = new ArrayList<>();
        Set<Integer> busy = new HashSet<>();
        for (int step = 0; step < 400 || lanes.size() > 0; step++) {
            if (step < 400 && random.nextBoolean()) {
                int lane = random.nextInt(6);
                lanes.add(lane, added.merge(lane, 1, Integer::sum));
            }
            for (var turn : lanes.begin(_ -> 1 + random.nextInt(3))) {
                assertTrue(busy.add(turn.lane()), "seed " + seed);
                for (int item : turn.items())
                    assertEquals(seen.merge(turn.lane(), 1, Integer::sum), item, "seed " + seed);
                underWay.add(turn);
            }
            if (!underWay.isEmpty() && random.nextBoolean()) {
                var turn = underWay.remove(random.nextInt(underWay.size()));
                busy.remove(turn.lane());
                lanes.done(turn);
            }
        }
        assertEquals(added, seen, "seed " + seed);
    }
}
