package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger is due. The envelope's conversation is where it speaks, its principal the trigger on behalf of its owner,
 * its id is computed from trigger and due time, so that any number of schedulers fire it once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TriggerFired.Due.class, name = "due"),
    @JsonSubTypes.Type(value = TriggerFired.Alert.class, name = "alert"),
    @JsonSubTypes.Type(value = TriggerFired.Recovery.class, name = "recovery"),
    @JsonSubTypes.Type(value = TriggerFired.Dropped.class, name = "dropped")
})
public sealed interface TriggerFired {
    String handle();

    String zone();

    String language();

    /**
     * A reminder.
     *
     * @param dueAt when it was due
     * @param late true when it fires noticeably after that (the stack was down)
     * @param missed how many earlier due times were skipped meanwhile, from 0
     */
    record Due(
            String handle,
            String zone,
            String language,
            ScheduleRequested.Action action,
            String text,
            Instant dueAt,
            boolean late,
            int missed)
            implements TriggerFired {
        public Due {
            Check.text("handle", handle, 40);
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
            Check.present("action", action);
            Check.text("text", text, 16_384);
            Check.present("dueAt", dueAt);
        }
    }

    /** A watch went from good to bad; {@code status} null when there was no answer, then {@code problem} says why. */
    record Alert(
            String handle,
            String zone,
            String language,
            String url,
            @Nullable Integer status,
            @Nullable String problem,
            Instant since)
            implements TriggerFired {
        public Alert {
            Check.text("handle", handle, 40);
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
            Check.text("url", url, 2_048);
            Check.present("since", since);
        }
    }

    /** A watch went from bad to good. */
    record Recovery(String handle, String zone, String language, String url, int status, Instant at, Instant badSince)
            implements TriggerFired {
        public Recovery {
            Check.text("handle", handle, 40);
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
            Check.text("url", url, 2_048);
            Check.present("at", at);
            Check.present("badSince", badSince);
        }
    }

    /** It did not fire and never will, because its owner has lost the right to; {@code code} says which. */
    record Dropped(String handle, String zone, String language, String text, String code, Instant at)
            implements TriggerFired {
        public Dropped {
            Check.text("handle", handle, 40);
            Check.text("zone", zone, 60);
            Check.text("language", language, 20);
            Check.present("text", text);
            Check.text("code", code, 100);
            Check.present("at", at);
        }
    }
}
