package ai.chela.kit.wire;

import ai.chela.contracts.Principal;
import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.contracts.memory.Habit;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolDeclared;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.contracts.turn.EventStored;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.kit.tenancy.Origin;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What messages consist of. {@link WireJson} finds out by reflection what a record has, and a native executable knows only
 * what is named here; what is nested in a class comes with it. The contracts cannot say so themselves, as they see no
 * framework; a test holds this list to them.
 */
@RegisterForReflection(
        targets = {
            ApprovalDecided.class,
            ApprovalNotice.class,
            AuditRecord.class,
            DeadLetter.class,
            EventStored.class,
            ExtractionCompleted.class,
            ExtractionRequested.class,
            Habit.class,
            MemoryChanged.class,
            MemoryOrigin.class,
            MemoryRequested.class,
            MemoryViewed.class,
            MessageReceived.class,
            Origin.class,
            PersonChanged.class,
            Principal.class,
            Provenance.class,
            RecallCompleted.class,
            RecallRequested.class,
            RecalledFact.class,
            Reply.class,
            ReplyPartial.class,
            ReviewNote.class,
            ScheduleChanged.class,
            ScheduleRequested.class,
            ScheduleViewed.class,
            Timing.class,
            ToolCompleted.class,
            ToolDeclared.class,
            ToolRequested.class,
            TriggerFired.class,
            TriggerView.class,
            TurnCompleted.class,
            ViewRequested.class
        })
final class RegisteredMessages {
    private RegisteredMessages() {}
}
