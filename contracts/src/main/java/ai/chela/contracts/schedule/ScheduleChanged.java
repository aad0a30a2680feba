package ai.chela.contracts.schedule;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a {@link ScheduleRequested}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ScheduleChanged.Created.class, name = "created"),
    @JsonSubTypes.Type(value = ScheduleChanged.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = ScheduleChanged.Listed.class, name = "listed"),
    @JsonSubTypes.Type(value = ScheduleChanged.Refused.class, name = "refused")
})
public sealed interface ScheduleChanged {
    String callId();

    record Created(String callId, TriggerView trigger) implements ScheduleChanged {
        public Created {
            Check.text("callId", callId, 200);
            Check.present("trigger", trigger);
        }
    }

    record Changed(String callId, ScheduleRequested.Verb verb, TriggerView trigger) implements ScheduleChanged {
        public Changed {
            Check.text("callId", callId, 200);
            Check.present("verb", verb);
            Check.present("trigger", trigger);
        }
    }

    /** Active and paused triggers of the person, soonest first, at most 50. */
    record Listed(String callId, List<TriggerView> triggers, long total) implements ScheduleChanged {
        public Listed {
            Check.text("callId", callId, 200);
            triggers = Check.list("triggers", triggers);
        }
    }

    /**
     * Not done. {@code code} is stable: {@code schedule.past}, {@code schedule.never}, {@code schedule.unknown-handle},
     * {@code schedule.not-yours}, {@code schedule.quota}, {@code schedule.zone}, {@code schedule.paused} (a paused watch
     * checks nothing), {@code schedule.unreadable} (the request became a dead letter), {@code watch.own-service}, {@code
     * watch.needs-approval}, {@code watch.url}.
     *
     * @param detail what exactly was wrong, for people; null when the code says it all
     */
    record Refused(String callId, String code, @Nullable String detail) implements ScheduleChanged {
        public Refused {
            Check.text("callId", callId, 200);
            Check.text("code", code, 100);
        }
    }
}
