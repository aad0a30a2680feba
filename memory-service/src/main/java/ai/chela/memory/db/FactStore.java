package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Statement;
import ai.chela.memory.fact.Told;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Facts in PostgreSQL, each encrypted under a key of its own. */
@ApplicationScoped
class FactStore implements Facts {
    private static final Pattern HANDLE = Pattern.compile("(?i)m-([1-9]\\d{0,17})");
    private static final String AT = "timestamptz 'epoch' + cast(?%d as bigint) * interval '1 microsecond'";

    /** Among so many of the newest a tag is looked for: tags are encrypted. */
    private static final int MOST_SEARCHED = 2_000;

    private final KeyStore keys;
    private final FactReader reader;

    FactStore(KeyStore keys, FactReader reader) {
        this.keys = keys;
        this.reader = reader;
    }

    @Override
    public Uni<Void> lock(UnitOfWork unit, Scope scope) {
        return ScopeRows.lock(unit, scope);
    }

    @Override
    public Uni<@Nullable Fact> same(UnitOfWork unit, Scope scope, String person, String text) {
        return keys.writing(unit, scope)
                .chain(key -> reader.one(
                        unit,
                        "f.scope = ?2 and f.speaker = ?3 and f.fingerprint in (?4, ?5) and " + FactRows.HOLDS,
                        unit.tenant(),
                        scope.stored(),
                        person,
                        Marks.fingerprint(key.key(), text),
                        Marks.fingerprint(key.earlier(), text)));
    }

    @Override
    public Uni<@Nullable Fact> about(UnitOfWork unit, Scope scope, String person, Statement statement) {
        return keys.writing(unit, scope)
                .chain(key -> reader.one(
                        unit,
                        "f.scope = ?2 and f.speaker = ?3 and f.subject in (?4, ?5) and " + FactRows.HOLDS
                                + " order by f.said_at desc, f.handle desc limit 1",
                        unit.tenant(),
                        scope.stored(),
                        person,
                        Marks.subject(key.key(), statement),
                        Marks.subject(key.earlier(), statement)));
    }

    @Override
    public Uni<Boolean> admit(UnitOfWork unit, String person, long quota) {
        return unit.execute(
                        "insert into speaker as s (tenant, person, facts) select ?1, ?2, 1 where cast(?3 as bigint) > 0"
                                + " on conflict (tenant, person) do update set facts = s.facts + 1 where s.facts < ?3",
                        unit.tenant(),
                        person,
                        quota)
                .map(changed -> changed == 1);
    }

    @Override
    public Uni<Fact> add(UnitOfWork unit, Told told) {
        return unit.query(
                        Long.class,
                        "insert into handle as h (tenant, last) values (?1, 1)"
                                + " on conflict (tenant) do update set last = h.last + 1 returning last",
                        unit.tenant())
                .chain(handles -> insert(unit, told, told.id(), handles.getFirst(), 1));
    }

    @Override
    public Uni<Fact> supersede(UnitOfWork unit, Fact old, Told told) {
        return ScopeRows.next(unit, old.scope(), 0)
                .chain(change -> unit.execute(
                        "update fact set valid_to = " + AT.formatted(3) + ", superseded_by = ?4, change = ?5"
                                + " where tenant = ?1 and id = ?2",
                        unit.tenant(),
                        old.id(),
                        FactRows.micros(told.saidAt()),
                        told.id(),
                        change))
                .chain(() -> insert(unit, told, old.root(), old.handle(), 0))
                .map(fact -> fact.with(old.standing().renewed(fact.standing())));
    }

    private Uni<Fact> insert(UnitOfWork unit, Told told, String root, long handle, int more) {
        // the number first: whoever draws it has locked the scope
        return ScopeRows.next(unit, told.scope(), more)
                .chain(change ->
                        keys.writing(unit, told.scope()).chain(key -> insertRow(unit, told, root, handle, change, key)))
                .map(_ -> told.fact(root, handle));
    }

    private static Uni<Integer> insertRow(
            UnitOfWork unit, Told told, String root, long handle, long change, ScopeKeys keys) {
        Body.Sealed sealed = Body.seal(unit.tenant(), keys.key(), told);
        Marks marks = Marks.of(keys.key(), told.text(), told.speaker());
        return unit.execute(
                "with own_key as (insert into memory_key (tenant, memory, wrapped, under) values (?1, ?2, ?12, ?18))"
                        + " insert into fact (tenant, id, root, handle, scope, speaker, conversation, said_at, valid_from, change,"
                        + " fingerprint, body, trust, origin, preference, gist, subject, marked) values (?1, ?2, ?3, ?4, ?5,"
                        + " ?6, ?7, " + AT.formatted(8) + ", " + AT.formatted(8)
                        + ", ?9, ?10, ?11, cast(?13 as double precision), ?14, ?15, ?16, ?17, ?18)",
                unit.tenant(),
                told.id(),
                root,
                handle,
                told.scope().stored(),
                told.speaker(),
                told.conversation(),
                FactRows.micros(told.saidAt()),
                change,
                marks.fingerprint(),
                sealed.sealed(),
                sealed.wrapped(),
                told.trust(),
                told.origin().name(),
                told.preference(),
                marks.gist(),
                marks.subject(),
                keys.generation());
    }

    @Override
    public Uni<@Nullable Fact> current(UnitOfWork unit, Asker asker, String reference) {
        Matcher handle = HANDLE.matcher(reference.strip());
        boolean byHandle = handle.matches();
        return reader.one(
                unit,
                FactRows.HOLDS
                        + " and f.scope in (?2, ?3) and f.root = (select v.root from fact v where v.tenant = ?1 and "
                        + (byHandle ? "v.handle = ?4 limit 1)" : "v.id = ?4)"),
                unit.tenant(),
                own(asker),
                shared(asker),
                byHandle ? Long.valueOf(handle.group(1)) : reference);
    }

    @Override
    public Uni<@Nullable Fact> ofRoot(UnitOfWork unit, String root) {
        return reader.one(unit, "f.root = ?2 and f.valid_to is null", unit.tenant(), root);
    }

    @Override
    public Uni<List<Fact>> versions(UnitOfWork unit, Fact fact) {
        return reader.many(
                unit, "f.root = ?2 order by f.valid_to desc nulls first, f.change desc", unit.tenant(), fact.root());
    }

    @Override
    public Uni<List<Fact>> rivals(UnitOfWork unit, Fact fact) {
        return reader.many(
                unit,
                FactRows.HOLDS + " and f.scope = ?2 and f.root <> ?3 and f.subject = (select v.subject from fact v"
                        + " where v.tenant = ?1 and v.id = ?4) order by f.said_at desc limit 20",
                unit.tenant(),
                fact.scope().stored(),
                fact.root(),
                fact.id());
    }

    @Override
    public Uni<List<String>> speakers(UnitOfWork unit, Fact fact) {
        return unit.query(
                String.class,
                "select distinct speaker from fact where tenant = ?1 and root = ?2",
                unit.tenant(),
                fact.root());
    }

    @Override
    public Uni<List<String>> erase(UnitOfWork unit, Scope scope, String root) {
        return Erasure.of(unit, scope, root);
    }

    @Override
    public Uni<List<String>> eraseAll(UnitOfWork unit, Scope scope) {
        return Erasure.of(unit, scope);
    }

    @Override
    public Uni<List<String>> oneRoot(UnitOfWork unit, Scope scope) {
        return unit.query(
                String.class,
                "select root from fact where tenant = ?1 and scope = ?2 limit 1",
                unit.tenant(),
                scope.stored());
    }

    @Override
    public Uni<Long> count(UnitOfWork unit, Scope scope) {
        return unit.query(
                        Long.class,
                        "select cast(coalesce(sum(facts), 0) as bigint) from memory_scope where tenant = ?1 and scope = ?2",
                        unit.tenant(),
                        scope.stored())
                .map(List::getFirst);
    }

    @Override
    public Uni<Long> learned(UnitOfWork unit, String person) {
        return unit.query(
                        Long.class,
                        "select count(*) from fact where tenant = ?1 and speaker = ?2 and valid_to is null"
                                + " and origin in ('LEARNED', 'PICKED')",
                        unit.tenant(),
                        person)
                .map(List::getFirst);
    }

    @Override
    public Uni<Listing> page(UnitOfWork unit, Asker asker, Wanted wanted, int size, int page) {
        String tag = wanted.tag();
        if (tag != null) return tagged(unit, asker, wanted, tag, size, page);
        return total(unit, asker, wanted)
                .chain(total ->
                        newest(unit, asker, wanted, size, (page - 1L) * size).map(facts -> new Listing(facts, total)));
    }

    private Uni<Listing> tagged(UnitOfWork unit, Asker asker, Wanted wanted, String tag, int size, int page) {
        return newest(unit, asker, wanted, MOST_SEARCHED, 0)
                .map(facts -> facts.stream()
                        .filter(fact -> fact.standing().tags().contains(tag))
                        .toList())
                .map(facts -> new Listing(
                        facts.stream().skip((page - 1L) * size).limit(size).toList(), facts.size()));
    }

    private Uni<List<Fact>> newest(UnitOfWork unit, Asker asker, Wanted wanted, int size, long skipped) {
        if (wanted.preferences()) return preferences(unit, asker, size, skipped);
        return reader.many(
                unit,
                FactRows.HOLDS + " and f.scope in (?2, ?3) order by f.said_at desc, f.handle desc limit " + size
                        + " offset " + skipped,
                unit.tenant(),
                own(asker),
                shared(asker));
    }

    private static Uni<Long> total(UnitOfWork unit, Asker asker, Wanted wanted) {
        Uni<List<Long>> total = wanted.preferences()
                ? unit.query(
                        Long.class,
                        "select count(*) from fact where tenant = ?1 and scope in (?2, ?3) and valid_to is null"
                                + " and preference and speaker = ?4",
                        unit.tenant(),
                        own(asker),
                        shared(asker),
                        asker.person())
                : unit.query(
                        Long.class,
                        "select cast(coalesce(sum(facts), 0) as bigint) from memory_scope"
                                + " where tenant = ?1 and scope in (?2, ?3)",
                        unit.tenant(),
                        own(asker),
                        shared(asker));
        return total.map(List::getFirst);
    }

    @Override
    public Uni<List<Fact>> preferences(UnitOfWork unit, Asker asker, int limit) {
        return preferences(unit, asker, limit, 0);
    }

    private Uni<List<Fact>> preferences(UnitOfWork unit, Asker asker, int limit, long skipped) {
        return reader.many(
                unit,
                FactRows.HOLDS + " and f.scope in (?2, ?3) and f.preference and f.speaker = ?4"
                        + " order by f.said_at desc, f.handle desc limit " + limit + " offset " + skipped,
                unit.tenant(),
                own(asker),
                shared(asker),
                asker.person());
    }

    @Override
    public Uni<List<Fact>> exported(UnitOfWork unit, Asker asker, long afterHandle, int limit) {
        return reader.many(
                unit,
                "f.scope in (?2, ?3) and f.handle > ?4 order by f.handle, f.valid_from, f.change limit " + limit,
                unit.tenant(),
                own(asker),
                shared(asker),
                afterHandle);
    }

    private static String own(Asker asker) {
        return asker.sees().getFirst().stored();
    }

    private static String shared(Asker asker) {
        return asker.sees().getLast().stored();
    }
}
