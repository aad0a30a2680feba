package ai.chela.gateway.identity;

import ai.chela.gateway.config.GatewayConfig;
import ai.chela.kit.file.WatchedFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who may talk to Chela: the people of {@code people.yaml}, with what {@code chela.yaml} says for those who have
 * no zone or language of their own, and the people and addresses that came by pairing.
 * Reads are lock-free; one thread at a time refreshes.
 */
@ApplicationScoped
public class Directory {
    /** Who a bearer token belongs to. */
    public sealed interface Identified {
        record Known(Person person) implements Identified {}

        record Unknown() implements Identified {}

        /** Nobody can be told yet: the file was never good since the start. */
        record Undecided(String problem) implements Identified {}
    }

    /**
     * What came by pairing.
     *
     * @param people who are not in the file
     * @param links ids of people by {@code channel/address}
     */
    public record Paired(List<Person> people, Map<String, String> links) {
        public Paired {
            people = List.copyOf(people);
            links = Map.copyOf(links);
        }
    }

    private record Everybody(Map<String, Person> byId, Map<String, String> byAddress, Tokens tokens) {}

    private final WatchedFile<List<PeopleFile.Listed>> file;
    private final WatchedFile<Defaults> defaults;
    private final Path base;
    private final Optional<Path> ownerToken;
    private Tokens tokens;
    private volatile Paired paired = new Paired(List.of(), Map.of());
    private volatile Everybody everybody;

    public Directory(GatewayConfig config, @ConfigProperty(name = "chela.config") Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        this.base = parent == null ? absolute : parent;
        this.ownerToken = config.tokenFile().filter(path -> !path.toString().isBlank());
        this.file = new WatchedFile<>(absolute.resolve("people.yaml"), PeopleFile::read, List.of());
        this.defaults = new WatchedFile<>(absolute.resolve("chela.yaml"), Defaults::read, Defaults.ofMachine());
        this.tokens = Tokens.read(listed(), base, ownerToken);
        this.everybody = gather();
    }

    /** Reads files again that have changed. Blocks for small reads. */
    public synchronized void refresh() {
        file.refresh();
        defaults.refresh();
        tokens = Tokens.read(listed(), base, ownerToken);
        everybody = gather();
    }

    /** Takes over what the database knows of pairings. */
    public synchronized void paired(Paired known) {
        paired = known;
        everybody = gather();
    }

    public Identified identify(String token) {
        if (!loaded()) return new Identified.Undecided(String.valueOf(file.problem()));
        Everybody now = everybody;
        String id = now.tokens().personWith(token);
        Person person = id == null ? null : now.byId().get(id);
        return person == null ? new Identified.Unknown() : new Identified.Known(person);
    }

    /** The person of a chat address, null when nobody has it. Case makes no difference. */
    public @Nullable Person byAddress(String channel, String address) {
        Everybody now = everybody;
        String id = now.byAddress().get(link(channel, address));
        return id == null ? null : now.byId().get(id);
    }

    public @Nullable Person byId(String id) {
        return everybody.byId().get(id);
    }

    public Collection<Person> people() {
        return everybody.byId().values();
    }

    /** For whoever has no zone or language of her own. */
    Defaults defaults() {
        return defaults.value();
    }

    private List<Person> listed() {
        Defaults now = defaults.value();
        return file.value().stream().map(person -> person.with(now)).toList();
    }

    /** False while the file was never good since the start: then nobody is known, and nobody may be taken to have left. */
    public boolean loaded() {
        return !file.value().isEmpty();
    }

    /** What is wrong with the files and the tokens now. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (WatchedFile<?> watched : List.of(file, defaults)) {
            String problem = watched.problem();
            if (problem != null) problems.add(problem);
        }
        problems.addAll(everybody.tokens().problems());
        return problems;
    }

    static String link(String channel, String address) {
        return channel + "/" + address.toLowerCase(Locale.ROOT);
    }

    private Everybody gather() {
        Map<String, Person> byId = new LinkedHashMap<>();
        Map<String, String> byAddress = new HashMap<>(paired.links());
        paired.people().forEach(person -> byId.put(person.id(), person));
        for (Person person : listed()) {
            byId.put(person.id(), person);
            person.chat()
                    .forEach((channel, addresses) ->
                            addresses.forEach(address -> byAddress.put(link(channel, address), person.id())));
        }
        return new Everybody(byId, Map.copyOf(byAddress), tokens);
    }
}
