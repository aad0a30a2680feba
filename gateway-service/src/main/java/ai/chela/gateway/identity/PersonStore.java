package ai.chela.gateway.identity;

import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of people, linked addresses and pairings. */
final class PersonStore {
    private PersonStore() {}

    /**
     * Remembers these as the people that there are now.
     *
     * @return what has to be announced: all of them, and those who left, as no longer active
     */
    static Uni<List<PersonChanged>> remember(UnitOfWork unit, Collection<PersonChanged> now) {
        List<PersonChanged> announced = new ArrayList<>(now);
        return unit.rows("select id, name, zone, language, owner from person")
                .invoke(rows -> rows.stream()
                        .map(PersonStore::left)
                        .filter(known -> now.stream().noneMatch(p -> p.id().equals(known.id())))
                        .forEach(announced::add))
                .chain(() -> Multi.createFrom()
                        .iterable(announced)
                        .onItem()
                        .transformToUniAndConcatenate(person -> save(unit, person))
                        .collect()
                        .last())
                .replaceWith(announced);
    }

    private static PersonChanged left(Object[] row) {
        return new PersonChanged(
                (String) row[0], (String) row[1], (String) row[2], (String) row[3], false, (Boolean) row[4]);
    }

    private static Uni<Integer> save(UnitOfWork unit, PersonChanged person) {
        return unit.execute(
                """
                insert into person as p (tenant, id, name, zone, language, owner, active)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                on conflict (tenant, id) do update set name = excluded.name, zone = excluded.zone,
                    language = excluded.language, owner = excluded.owner, active = excluded.active, changed_at = now()
                where (p.name, p.zone, p.language, p.owner, p.active) is distinct from
                      (excluded.name, excluded.zone, excluded.language, excluded.owner, excluded.active)""",
                unit.tenant(),
                person.id(),
                person.name(),
                person.zone(),
                person.language(),
                person.owner(),
                person.active());
    }

    /** People and addresses that came by pairing. */
    static Uni<Directory.Paired> paired(UnitOfWork unit) {
        return unit.rows("select id, name, zone, language from person where paired")
                .chain(people -> unit.rows("select channel, address, person from linked_address")
                        .map(links -> new Directory.Paired(
                                people.stream().map(PersonStore::person).toList(), links(links))));
    }

    private static Person person(Object[] row) {
        return new Person((String) row[0], (String) row[1], (String) row[2], (String) row[3], false, Map.of(), null);
    }

    private static Map<String, String> links(List<Object[]> rows) {
        Map<String, String> links = new HashMap<>();
        for (Object[] row : rows) links.put(Directory.link((String) row[0], (String) row[1]), (String) row[2]);
        return links;
    }
}
