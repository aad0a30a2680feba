package ai.chela.agent.person;

import ai.chela.contracts.identity.PersonChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The people as the gateway last told; read from the compacted topic at every start. */
@ApplicationScoped
public class People {
    private record Key(String tenant, String person) {}

    private final Map<Key, PersonChanged> people = new ConcurrentHashMap<>();

    public void changed(String tenant, PersonChanged person) {
        people.put(new Key(tenant, person.id()), person);
    }

    /** Null when the gateway has not told of her. */
    public @Nullable PersonChanged find(String tenant, String person) {
        return people.get(new Key(tenant, person));
    }

    /** False also for somebody unknown. */
    public boolean isOwner(String tenant, String person) {
        return find(tenant, person) instanceof PersonChanged known && known.active() && known.owner();
    }
}
