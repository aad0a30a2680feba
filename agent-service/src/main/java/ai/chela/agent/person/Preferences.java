package ai.chela.agent.person;

import ai.chela.agent.planner.Operation;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Preferences in the database. */
public final class Preferences {
    private Preferences() {}

    /** Null when the person has set nothing. */
    public static Uni<@Nullable Preference> of(UnitOfWork unit, String person) {
        return unit.session().find(Preference.class, new Preference.Key(unit.tenant(), person));
    }

    /** Stores what {@code settings.language} or {@code settings.timezone} asks for; the arguments were checked. */
    public static Uni<Void> set(UnitOfWork unit, String person, Operation operation) {
        boolean language = operation.name().equals("settings.language");
        String column = language ? "language" : "zone";
        return unit.execute(
                        "insert into preference (tenant, person, " + column + ") values (?1, ?2, ?3)"
                                + " on conflict (tenant, person) do update set " + column + " = ?3",
                        unit.tenant(),
                        person,
                        String.valueOf(operation.args().get(column)))
                .replaceWithVoid();
    }
}
