package ai.chela.agent.person;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a person has set for herself by {@code /language} and {@code /timezone}; null: as her profile says. */
@Entity
@IdClass(Preference.Key.class)
public class Preference {
    @Id
    public String tenant = "";

    @Id
    public String person = "";

    public @Nullable String language;
    public @Nullable String zone;

    /** The key. */
    public record Key(String tenant, String person) implements Serializable {}
}
