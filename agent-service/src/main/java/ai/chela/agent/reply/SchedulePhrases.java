package ai.chela.agent.reply;

import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.TriggerFired;
import java.time.ZoneId;

/** What scheduler-service answers, and what triggers say when they fire. */
public interface SchedulePhrases {
    String schedule(ScheduleChanged changed, ZoneId zone);

    String fired(TriggerFired fired);
}
