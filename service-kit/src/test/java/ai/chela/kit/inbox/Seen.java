package ai.chela.kit.inbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What the test's handler was given. */
@Entity
public class Seen {
    @Id
    String id = "";

    String tenant = "";
}
