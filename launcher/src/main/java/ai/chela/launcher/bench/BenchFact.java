package ai.chela.launcher.bench;

import java.util.List;

/**
 * A memory of the benchmark: which thing of which team at which site is in which room. No two have the same three.
 *
 * @param number from 0
 */
record BenchFact(int number) {
    private static final List<String> THINGS = List.of(
            "projector",
            "label printer",
            "soldering iron",
            "first aid box",
            "spare router",
            "camera",
            "ladder",
            "microscope",
            "badge printer",
            "tool trolley",
            "whiteboard",
            "vacuum pump",
            "oscilloscope",
            "heat gun",
            "banner stand",
            "coffee grinder",
            "cable tester",
            "water filter",
            "key cabinet",
            "laminator",
            "scanner",
            "torque wrench",
            "fire blanket",
            "megaphone",
            "drone",
            "air compressor",
            "server rack",
            "label roll",
            "barcode reader",
            "power strip",
            "document shredder",
            "hard hat",
            "thermal camera",
            "step stool",
            "safety harness",
            "loading ramp",
            "pallet jack",
            "signal generator",
            "dust mask",
            "lockbox");
    private static final List<String> TEAMS = List.of(
            "billing",
            "payroll",
            "facilities",
            "night shift",
            "design",
            "audit",
            "logistics",
            "training",
            "network",
            "platform",
            "mobile",
            "support",
            "legal",
            "procurement",
            "research",
            "quality",
            "packaging",
            "reception",
            "analytics",
            "security",
            "catering",
            "translation",
            "warehouse",
            "maintenance",
            "events");
    private static final List<String> SITES =
            List.of("Aberdeen", "Bilbao", "Cork", "Dresden", "Espoo", "Florence", "Ghent", "Hanover", "Izmir", "Jena");

    private String thing() {
        return THINGS.get(number % THINGS.size());
    }

    private String team() {
        return TEAMS.get(number / THINGS.size() % TEAMS.size());
    }

    private String site() {
        int site = number / (THINGS.size() * TEAMS.size());
        int round = site / SITES.size();
        return SITES.get(site % SITES.size()) + (round == 0 ? "" : " annex " + round);
    }

    /** What no other memory says. */
    String room() {
        return "room " + (10_000 + number);
    }

    String told() {
        return "the " + thing() + " of the " + team() + " team in " + site() + " is in " + room();
    }

    /** In other words. */
    String question() {
        return "where does the " + team() + " team at " + site() + " keep its " + thing() + "?";
    }
}
