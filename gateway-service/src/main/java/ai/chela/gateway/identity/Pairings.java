package ai.chela.gateway.identity;

import ai.chela.contracts.Principal;
import ai.chela.gateway.ratelimit.RateLimit;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Links chat addresses that nobody knows to people: a code for the address, confirmed by an owner. */
@ApplicationScoped
public class Pairings {
    /** A code that an unknown address shows to the owner. */
    public record Code(String code, long minutes) {}

    /** What became of a confirmation. */
    public sealed interface Confirmed {
        /** The address is this person's now. */
        record Linked(String person, String channel, String address) implements Confirmed {}

        record NoSuchCode() implements Confirmed {}

        record NoSuchPerson(String id) implements Confirmed {}

        /** It was used before, or its time is over. */
        record Over(String why) implements Confirmed {}
    }

    private static final Duration VALID = Duration.ofMinutes(15);

    /** Without letters and digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Directory directory;
    private final PeopleFlow people;
    private final Transactions transactions;
    private final String tenant;

    /** One answer to an address each half minute, after two at once. */
    private final RateLimit perAddress = new RateLimit(1.0 / 30, 2);

    /** Of all addresses together: strangers cannot make this installation talk much. */
    private final RateLimit together = new RateLimit(0.2, 20);

    public Pairings(
            Directory directory,
            PeopleFlow people,
            Transactions transactions,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.directory = directory;
        this.people = people;
        this.transactions = transactions;
        this.tenant = tenant;
    }

    /** Whether an unknown address may be answered now. */
    public boolean mayAsk(String channel, String address) {
        return perAddress.take(Directory.link(channel, address)).isZero()
                && together.take(channel).isZero();
    }

    /** The code of an address: the one that it has, or a new one. */
    public Uni<Code> ask(UnitOfWork unit, String channel, String address) {
        return unit.query(String.class, """
                        insert into pairing as p (tenant, channel, address, code, asked_at, expires_at)
                        values (?1, ?2, ?3, ?4, now(), now() + ?5 * interval '1 second')
                        on conflict (tenant, channel, address) do update set
                            code = case when p.expires_at > now() and p.used_at is null then p.code
                                else excluded.code end,
                            asked_at = now(), expires_at = excluded.expires_at, used_at = null
                        returning code""", unit.tenant(), channel, address, fresh(), (double) VALID.toSeconds())
                .map(codes -> new Code(codes.getFirst(), VALID.toMinutes()));
    }

    /**
     * Confirms a code.
     *
     * @param owner who confirms
     * @param person whose address it is; null makes a new person
     * @param linked stores what the address is told; runs in the same transaction
     */
    public Uni<Confirmed> confirm(Person owner, String code, @Nullable String person, Told linked) {
        if (person != null && directory.byId(person) == null)
            return Uni.createFrom().item(new Confirmed.NoSuchPerson(person));
        Origin origin = Origin.first(tenant, Principal.person(owner.id()), null);
        return transactions
                .run(
                        "pairing.confirm",
                        origin,
                        unit -> unit.rows("""
                                select channel, address, used_at is not null, expires_at <= now() from pairing
                                where tenant = ?1 and code = ?2 for update""", unit.tenant(), code.toLowerCase(Locale.ROOT))
                                .chain(rows -> {
                                    if (rows.isEmpty()) return Uni.createFrom().item(new Confirmed.NoSuchCode());
                                    Object[] row = rows.getFirst();
                                    if ((Boolean) row[2])
                                        return Uni.createFrom().item(new Confirmed.Over("was used already"));
                                    if ((Boolean) row[3])
                                        return Uni.createFrom().item(new Confirmed.Over("has expired"));
                                    return link(unit, owner, (String) row[0], (String) row[1], person, linked);
                                }))
                .invoke(people::nudge);
    }

    /** Tells a newly linked address. */
    @FunctionalInterface
    public interface Told {
        Uni<Void> tell(UnitOfWork unit, String channel, String address, Person person);
    }

    private Uni<Confirmed> link(
            UnitOfWork unit, Person owner, String channel, String address, @Nullable String id, Told linked) {
        Person known = id == null ? null : directory.byId(id);
        Person person = known == null ? newPerson(address) : known;
        unit.audit("pairing.confirmed", channel + " " + person.id(), "ok", address);
        return (known == null ? add(unit, person) : Uni.createFrom().item(1))
                .chain(() -> unit.execute("""
                        insert into linked_address (tenant, channel, address, person, linked_by)
                        values (?1, ?2, ?3, ?4, ?5)
                        on conflict (tenant, channel, address) do update set person = excluded.person,
                            linked_by = excluded.linked_by, linked_at = now()""", unit.tenant(), channel, address, person.id(), owner.id()))
                .chain(() -> unit.execute(
                        "update pairing set used_at = now() where tenant = ?1 and channel = ?2 and address = ?3",
                        unit.tenant(),
                        channel,
                        address))
                .chain(() -> linked.tell(unit, channel, address, person))
                .replaceWith(new Confirmed.Linked(person.id(), channel, address));
    }

    private static Uni<Integer> add(UnitOfWork unit, Person person) {
        return unit.execute("""
                insert into person (tenant, id, name, zone, language, owner, active, paired)
                values (?1, ?2, ?3, ?4, ?5, false, true, true)""", unit.tenant(), person.id(), person.name(), person.zone(), person.language());
    }

    /** Named after the address until somebody writes her into people.yaml; zone and language are the installation's. */
    private Person newPerson(String address) {
        String local = address.split("@", 2)[0];
        String name = local.isBlank() ? address : local;
        String id =
                local.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "").replaceAll("^[._-]+", "");
        if (id.length() > 40) id = id.substring(0, 40);
        if (id.isEmpty() || directory.byId(id) != null)
            id = (id.isEmpty() ? "person" : id) + "-" + Ids.derive(address).substring(0, 6);
        return new Person(
                id,
                name.length() > 200 ? name.substring(0, 200) : name,
                directory.defaults().zone(),
                directory.defaults().language(),
                false,
                java.util.Map.of(),
                null);
    }

    private static String fresh() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return code.toString();
    }
}
