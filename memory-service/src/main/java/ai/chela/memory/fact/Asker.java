package ai.chela.memory.fact;

import java.util.List;

/**
 * Who asks, and where: it decides what may be seen. Every read takes one.
 *
 * @param person id of the person; {@code "-"} for nobody, who sees what the tenant shares
 * @param room whether others read the conversation: then nothing private is shown, not even the asker's own
 */
public record Asker(String person, boolean room) {
    /** The scopes that may be read, the asker's own first. */
    public List<Scope> sees() {
        if (room || person.equals("-")) return List.of(new Scope.Tenant());
        return List.of(new Scope.Person(person), new Scope.Tenant());
    }

    /** Where something that is told now belongs. */
    public Scope tellsInto() {
        return room || person.equals("-") ? new Scope.Tenant() : new Scope.Person(person);
    }
}
