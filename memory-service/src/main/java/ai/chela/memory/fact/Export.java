package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.kit.wire.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Memories as JSON Lines, a version each, in parts that fit into a message. */
final class Export {
    /** UTF-16 units of one part; one memory alone may be longer. */
    private static final int MOST = 48 * 1024;

    private Export() {}

    /**
     * How far an export has come.
     *
     * @param handle of the last memory that was told, 0 at the beginning
     * @param versions how many versions of it were told, 0 when all were
     */
    record Place(long handle, int versions) {
        private static final Pattern WRITTEN = Pattern.compile("(?i)m-(\\d{1,18})(?:\\.(\\d{1,6}))?");

        /** The beginning for null, and for what is no place. */
        static Place of(@Nullable String written) {
            Matcher matcher = WRITTEN.matcher(written == null ? "" : written.strip());
            if (!matcher.matches()) return new Place(0, 0);
            String versions = matcher.group(2);
            return new Place(Long.parseLong(matcher.group(1)), versions == null ? 0 : Integer.parseInt(versions));
        }

        String written() {
            return "m-" + handle + (versions == 0 ? "" : "." + versions);
        }
    }

    /**
     * @param versions by handle and time, from where the part before ended
     * @param more whether there are others behind them
     */
    static MemoryChanged part(String callId, Place from, List<Fact> versions, boolean more) {
        List<String> lines = new ArrayList<>();
        int length = 0;
        int ofMemory = 0;
        long memory = 0;
        for (Fact version : versions) {
            ofMemory = version.handle() == memory ? ofMemory + 1 : 1;
            memory = version.handle();
            if (memory == from.handle() && ofMemory <= from.versions()) continue;
            String line = line(version);
            length += line.length();
            if (!lines.isEmpty() && length > MOST)
                return new MemoryChanged.Exported(callId, lines, before(memory, ofMemory));
            lines.add(line);
        }
        return new MemoryChanged.Exported(callId, lines, more ? new Place(memory, ofMemory).written() : null);
    }

    /** The place right before that version. */
    private static String before(long memory, int version) {
        return version == 1 ? new Place(memory - 1, 0).written() : new Place(memory, version - 1).written();
    }

    private static String line(Fact fact) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("handle", fact.shownHandle());
        line.put("id", fact.id());
        line.put("text", fact.text());
        line.put("saidBy", fact.saidBy());
        line.put("saidAt", fact.saidAt());
        line.put("scope", fact.scope().shown());
        line.put("conversation", fact.conversation());
        Standing standing = fact.standing();
        line.put("validFrom", standing.validFrom());
        if (standing.validTo() != null) line.put("validTo", standing.validTo());
        line.put("trust", standing.trust());
        line.put("origin", standing.origin());
        line.put("preference", standing.preference());
        line.put("pinned", standing.pinned());
        if (standing.expiresAt() != null) line.put("expiresAt", standing.expiresAt());
        line.put("recalls", standing.recalls());
        line.put("tags", standing.tags());
        return WireJson.text(line);
    }
}
