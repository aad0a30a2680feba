package ai.chela.memory.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTableTest {
    @Test
    void it_holds_what_a_map_holds() {
        Random random = new Random(1);
        SlotTable table = new SlotTable();
        Map<Long, Integer> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // few values, so that many fall on the same place
            long low = random.nextInt(3_000) * 32L;
            if (random.nextInt(3) == 0) {
                table.remove(1, low);
                map.remove(low);
            } else {
                table.put(1, low, i);
                map.put(low, i);
            }
            long asked = random.nextInt(3_000) * 32L;
            assertEquals(map.getOrDefault(asked, -1), table.get(1, asked));
            assertEquals(map.size(), table.size());
        }
    }
}
