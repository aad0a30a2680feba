package ai.chela.memory.keys;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how far a rotation is, and how many keys are being renewed. Never a reason not to be ready: what was wrapped before opens all the time. */
@Readiness
@ApplicationScoped
public class KeyHealth implements HealthCheck {
    private final KeyRing ring;
    private final KeyRotation rotation;
    private final KeyRenewal renewal;

    public KeyHealth(KeyRing ring, KeyRotation rotation, KeyRenewal renewal) {
        this.ring = ring;
        this.rotation = rotation;
        this.renewal = renewal;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("keys")
                .up()
                .withData("wrapping", ring.wrapping().id())
                .withData("at-hand", String.join(" ", ring.ids()))
                .withData("tenants-under-former-keys", rotation.former())
                .withData("tenants-locked", rotation.locked())
                .withData("keys-being-renewed", renewal.open())
                .build();
    }
}
