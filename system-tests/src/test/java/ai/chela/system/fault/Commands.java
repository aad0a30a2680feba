package ai.chela.system.fault;

import ai.chela.system.fault.Entry.Decided;
import ai.chela.system.fault.Entry.Decision;
import ai.chela.system.fault.Entry.Ran;
import ai.chela.system.fault.Entry.Seen;
import ai.chela.system.fault.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What commands that need an approval did outside of the system: each at most once; exactly once when it was told to have
 * run; not at all when it was denied or nobody decided. Told to be unknown, it may have run once or not.
 */
final class Commands {
    private Commands() {}

    /** @param seen by conversation */
    static List<Finding> check(List<Entry> journal, Map<String, List<Seen>> seen) {
        Map<String, Integer> runs = new HashMap<>();
        Map<String, Decided> decisions = new HashMap<>();
        for (Entry entry : journal) {
            if (entry instanceof Ran ran) runs.merge(ran.sign(), 1, Integer::sum);
            if (entry instanceof Decided decided) decisions.put(decided.sign(), decided);
        }
        List<Finding> findings = new ArrayList<>();
        runs.forEach((sign, times) -> {
            if (times > 1) findings.add(new Finding(Kind.RAN_AGAIN, sign, "ran " + times + " times"));
            Decided decided = decisions.get(sign);
            if (decided == null || decided.decision() == Decision.DENY)
                findings.add(new Finding(
                        Kind.RAN_UNAPPROVED,
                        sign,
                        decided == null ? "ran, and nobody decided" : "ran, and was denied"));
        });
        for (Decided decided : decisions.values()) {
            Told told = Told.of(decided.sign(), seen.getOrDefault(decided.conversation(), List.of()));
            boolean ran = runs.containsKey(decided.sign());
            if (told.done() && !ran)
                findings.add(new Finding(Kind.RAN_NOT, decided.sign(), "was told to have run, and has not"));
            if (told.denied() && ran && decided.decision() != Decision.DENY)
                findings.add(new Finding(Kind.RAN_UNAPPROVED, decided.sign(), "ran, and was told to be denied"));
        }
        return findings;
    }

    /** What people were told of a command. */
    private record Told(boolean done, boolean denied) {
        static Told of(String sign, List<Seen> events) {
            boolean done = false;
            boolean denied = false;
            for (Seen event : events) {
                if (!event.kind().equals("reply") || !event.text().contains(sign)) continue;
                done |= event.text().contains("ran " + sign) && event.text().contains("exit code 0");
                denied |= event.text().startsWith("Denied: ");
            }
            return new Told(done, denied);
        }
    }
}
