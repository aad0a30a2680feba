package ai.chela.toolrunner.builtin;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds a time zone by what people call it. */
final class Zones {
    /** Cities that are not in the names of their zones, and cities in Chinese. */
    private static final Map<String, String> CALLED = Map.ofEntries(
            Map.entry("beijing", "Asia/Shanghai"),
            Map.entry("shenzhen", "Asia/Shanghai"),
            Map.entry("san francisco", "America/Los_Angeles"),
            Map.entry("seattle", "America/Los_Angeles"),
            Map.entry("boston", "America/New_York"),
            Map.entry("washington", "America/New_York"),
            Map.entry("munich", "Europe/Berlin"),
            Map.entry("frankfurt", "Europe/Berlin"),
            Map.entry("geneva", "Europe/Zurich"),
            Map.entry("bangalore", "Asia/Kolkata"),
            Map.entry("bengaluru", "Asia/Kolkata"),
            Map.entry("mumbai", "Asia/Kolkata"),
            Map.entry("delhi", "Asia/Kolkata"),
            Map.entry("北京", "Asia/Shanghai"),
            Map.entry("上海", "Asia/Shanghai"),
            Map.entry("深圳", "Asia/Shanghai"),
            Map.entry("香港", "Asia/Hong_Kong"),
            Map.entry("台北", "Asia/Taipei"),
            Map.entry("东京", "Asia/Tokyo"),
            Map.entry("首尔", "Asia/Seoul"),
            Map.entry("新加坡", "Asia/Singapore"),
            Map.entry("悉尼", "Australia/Sydney"),
            Map.entry("伦敦", "Europe/London"),
            Map.entry("巴黎", "Europe/Paris"),
            Map.entry("柏林", "Europe/Berlin"),
            Map.entry("莫斯科", "Europe/Moscow"),
            Map.entry("纽约", "America/New_York"),
            Map.entry("洛杉矶", "America/Los_Angeles"),
            Map.entry("旧金山", "America/Los_Angeles"),
            Map.entry("迪拜", "Asia/Dubai"));

    private static final Map<String, String> BY_NAME = new TreeMap<>();

    static {
        for (String id : ZoneId.getAvailableZoneIds()) {
            BY_NAME.put(id.toLowerCase(Locale.ROOT), id);
            if (id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
                BY_NAME.put(
                        id.substring(id.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT), id);
        }
        BY_NAME.putAll(CALLED);
    }

    private Zones() {}

    /** By IANA name in any case, city, {@code UTC}, or offset such as {@code +02:00}; empty for what is none. */
    static Optional<ZoneId> find(String text) {
        String id = BY_NAME.get(text.strip().toLowerCase(Locale.ROOT));
        if (id != null) return Optional.of(ZoneId.of(id));
        try {
            return Optional.of(ZoneId.of(text.strip()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
