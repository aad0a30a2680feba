package ai.chela.scheduler.db;

import ai.chela.scheduler.watch.Health;
import ai.chela.scheduler.watch.Watch;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code watch}. */
@Entity
@Table(name = "watch")
public class WatchRow {
    @EmbeddedId
    TenantId key = new TenantId();

    @Column(name = "expected_status")
    int expectedStatus;

    @Nullable
    String approved;

    String health = "GOOD";

    @Nullable
    Instant since;

    @Column(name = "check_at")
    @Nullable
    Instant checkAt;

    @Column(name = "lease_until")
    @Nullable
    Instant leaseUntil;

    long fence;

    static WatchRow of(String tenant, Watch watch) {
        WatchRow row = new WatchRow();
        row.key = new TenantId(tenant, watch.id());
        row.expectedStatus = watch.expectedStatus();
        row.approved = watch.approved();
        row.become(watch);
        return row;
    }

    /** Takes over what changes in a watch's life. */
    void become(Watch watch) {
        checkAt = watch.checkAt();
        switch (watch.health()) {
            case Health.Good _ -> is("GOOD", null);
            case Health.Suspect(var from) -> is("SUSPECT", from);
            case Health.Bad(var from) -> is("BAD", from);
        }
    }

    private void is(String newHealth, @Nullable Instant from) {
        health = newHealth;
        since = from;
    }

    Watch watch() {
        Health now = switch (health) {
            case "GOOD" -> new Health.Good();
            case "SUSPECT" -> new Health.Suspect(Objects.requireNonNull(since));
            case "BAD" -> new Health.Bad(Objects.requireNonNull(since));
            default -> throw new IllegalStateException("watch " + key.id() + ": health " + health);
        };
        return new Watch(key.id(), expectedStatus, approved, now, checkAt);
    }
}
