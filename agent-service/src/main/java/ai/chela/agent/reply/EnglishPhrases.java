package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.schedule.TriggerView;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** English. */
final class EnglishPhrases implements Phrases {
    static final EnglishPhrases INSTANCE = new EnglishPhrases();

    private EnglishPhrases() {}

    @Override
    public String needsModel(@Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem) {
        StringBuilder text = new StringBuilder("I did not understand that, so I did nothing.");
        if (notUnderstood != null && !notUnderstood.isBlank())
            text.append(" What I could not place: \"")
                    .append(shortened(notUnderstood))
                    .append("\".");
        if (!nearest.isEmpty()) {
            text.append(" The nearest that I do know:");
            for (String form : nearest) text.append("\n- ").append(form);
        }
        text.append("\n\nFree conversation needs a language model. ");
        if (modelProblem != null) text.append("One is configured, but: ").append(modelProblem);
        else
            text.append("None is configured: put one into config/models.yaml, or start with CHELA_MODEL_BASE_URL and"
                    + " CHELA_MODEL_NAME set; `./chela doctor` finds an Ollama on this machine. /help shows what works"
                    + " without.");
        return text.toString();
    }

    @Override
    public String denied(Operation operation, String rule) {
        return "Not done: " + operation.name() + " is not allowed here (" + rule
                + "). Whoever runs Chela can allow it in config/policy.yaml.";
    }

    @Override
    public String local(String operation) {
        return switch (operation) {
            case "agent.greet" -> "Hello! What can I do for you? /help shows what I understand.";
            case "agent.thanks" -> "You are welcome.";
            case "agent.about" ->
                "I am Chela, the team's resident assistant. I remember what you tell me, remind you, watch addresses,"
                        + " and work with tools in a sandbox. /help shows how to ask.";
            case "agent.help" -> help();
            case "approval.explain" ->
                "To approve, type exactly: /approve (with its code when several are open). To refuse: /deny.";
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @Override
    public String preferred(Operation operation) {
        return switch (operation.name()) {
            case "settings.language" ->
                "zh".equals(operation.args().get("language")) ? "好的，以后我用中文回复。" : "All right, I will answer in English.";
            case "settings.timezone" -> "Your time zone is " + operation.args().get("zone") + " now.";
            default -> throw new IllegalArgumentException(operation.name());
        };
    }

    @Override
    public String approvalQuestion(Call call, CallState.Asked asked, boolean alone, ZoneId zone) {
        return "This needs your approval (" + asked.rule() + "):\n\n" + shown(call) + "\n\nType "
                + (alone ? "/approve or /approve " + asked.code() : "/approve " + asked.code())
                + " to do it, " + (alone ? "/deny" : "/deny " + asked.code()) + " to leave it. It expires on "
                + Times.english(asked.expiresAt(), zone) + ".";
    }

    private static String shown(Call call) {
        if (call.operation().name().equals("shell.run"))
            return "```\n" + call.operation().args().get("command")
                    + "\n```\nin the sandbox: no host files, no network.";
        return call.operation().name() + " "
                + call.operation().args().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String approvalDenied(Call call) {
        return "Denied. " + call.operation().name() + " was not run.";
    }

    @Override
    public String approvalExpired(Call call, String code) {
        return "The approval " + code + " for " + call.operation().name()
                + " has expired after 15 minutes; nothing was run. Ask again if you still want it.";
    }

    @Override
    public String stopped() {
        return "Stopped.";
    }

    @Override
    public String broken() {
        return "Something went wrong inside Chela, and I could not finish this. The cause is kept as a dead letter;"
                + " whoever runs Chela sees it with `./chela status`. Please try again.";
    }

    @Override
    public String modelLost() {
        return "The model did not finish its answer, after three tries. Please ask again.";
    }

    @Override
    public String modelEmpty() {
        return "The model gave an empty answer. Please ask again, or in other words.";
    }

    @Override
    public String modelCircles(int rounds) {
        return "The model used tools " + rounds + " times without coming to an answer, so I stopped it.";
    }

    @Override
    public String serviceSilent(String service, boolean stands) {
        return service + " has not answered. "
                + (stands
                        ? "Your request is stored and will be done when it is back; please look before you ask again."
                        : "Please ask again in a moment.");
    }

    @Override
    public String toolSilent(Operation operation) {
        return "Outcome unknown: " + operation.name()
                + " was handed to tool-runner, which has not answered. It may or may not have run.";
    }

    @Override
    public String memory(MemoryChanged changed, ZoneId zone) {
        return switch (changed) {
            case MemoryChanged.Remembered(String _, RecalledFact fact, boolean known) ->
                (known ? "I knew that already (" : "Remembered (") + fact.handle() + "): \"" + fact.text() + "\""
                        + (fact.scope().equals("person") ? "\nOnly you can recall it." : "");
            case MemoryChanged.Corrected(String _, RecalledFact before, RecalledFact after) ->
                "Corrected (" + after.handle() + ").\nBefore: \"" + before.text() + "\"\nNow: \"" + after.text() + "\"";
            case MemoryChanged.Forgotten(String _, List<RecalledFact> facts) ->
                "Forgotten for good:\n" + quoted(facts, zone);
            case MemoryChanged.Ambiguous(String _, List<RecalledFact> facts) ->
                "Several memories fit, so I forgot none:\n" + quoted(facts, zone) + "\nSay which, e.g. \"forget "
                        + facts.getFirst().handle() + "\".";
            case MemoryChanged.NotFound _ -> "I remember nothing like that, so there was nothing to change.";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed(String _, List<RecalledFact> facts, long total) ->
                facts.isEmpty()
                        ? "I remember nothing for you yet. Say: remember that ..."
                        : "I remember " + total + (total == 1 ? " thing:\n" : " things:\n") + quoted(facts, zone);
        };
    }

    private static String refusedMemory(String code) {
        return switch (code) {
            case "memory.secret" ->
                "Not remembered: that looks like a password or a key. Secrets belong in a secret store, not in memory.";
            case "memory.quota" -> "Not remembered: your memory is full. Forget something first (/memory).";
            case "memory.not-yours" -> "Not done: that memory belongs to somebody else.";
            case "memory.unreadable" -> "Not remembered: the text holds control characters.";
            case "memory.too-long" -> "Not remembered: that is too long. A memory has at most 16,384 characters.";
            case "memory.too-many" -> "Not done: at most 200 memories can be named at once.";
            case "memory.failed" -> "That failed inside memory-service; the cause is kept as a dead letter.";
            default -> "Memory refused that (" + code + ").";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + ": \"" + fact.text() + "\" (" + fact.saidBy() + ", "
                        + Times.english(fact.saidAt(), zone) + ")")
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return "I do not know that: nothing that I remember answers it.";
        RecalledFact fact = recalled.facts().getFirst();
        return "\"" + fact.text() + "\"\n" + fact.saidBy() + " said so on " + Times.english(fact.saidAt(), zone) + " ("
                + fact.handle() + ").";
    }

    @Override
    public String schedule(ScheduleChanged changed, ZoneId zone) {
        return switch (changed) {
            case ScheduleChanged.Created(String _, TriggerView trigger) -> created(trigger);
            case ScheduleChanged.Changed(String _, var verb, TriggerView trigger) ->
                switch (verb) {
                    case PAUSE -> "Paused " + named(trigger) + ". To go on: resume " + trigger.handle();
                    case RESUME -> "Resumed " + named(trigger) + "." + next(trigger);
                    case CANCEL -> "Cancelled " + named(trigger) + ".";
                    case RUN_NOW -> "Running " + named(trigger) + " now.";
                };
            case ScheduleChanged.Listed(String _, List<TriggerView> triggers, long total) ->
                triggers.isEmpty()
                        ? "Nothing is scheduled."
                        : total + " scheduled:\n"
                                + triggers.stream().map(EnglishPhrases::listed).collect(Collectors.joining("\n"));
            case ScheduleChanged.Refused(String _, String code, var detail) ->
                refusedSchedule(code) + (detail == null ? "" : " " + detail);
        };
    }

    private static String created(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        if (trigger.kind().equals("watch"))
            return "I watch " + trigger.text() + " every "
                    + (trigger.interval() == null ? "" : Times.english(trigger.interval()))
                    + " and tell you here when it fails twice in a row, and when it is well again ("
                    + trigger.handle() + "). To undo: cancel " + trigger.handle();
        String what = switch (trigger.kind()) {
            case "ask" -> "I will ask you";
            case "do" -> "I will do";
            default -> "I will remind you";
        };
        String when = trigger.timing() == null ? "" : Times.english(trigger.timing(), zone);
        return what + " \"" + trigger.text() + "\" " + when + Times.until(trigger.until(), ", until ") + " ("
                + trigger.handle() + ")." + (trigger.next().size() > 1 ? next(trigger) : zoned(trigger, zone))
                + "\nTo undo: cancel " + trigger.handle();
    }

    private static String zoned(TriggerView trigger, ZoneId zone) {
        if (trigger.next().isEmpty() || trigger.timing() instanceof ai.chela.contracts.schedule.Timing.Once) return "";
        return "\nNext: " + Times.english(trigger.next().getFirst(), zone);
    }

    private static String next(TriggerView trigger) {
        if (trigger.next().isEmpty()) return "";
        ZoneId zone = ZoneId.of(trigger.zone());
        return "\nNext times:"
                + trigger.next().stream()
                        .map(at -> "\n- " + Times.english(at, zone))
                        .collect(Collectors.joining());
    }

    private static String named(TriggerView trigger) {
        return trigger.handle() + " (\"" + trigger.text() + "\")";
    }

    private static String listed(TriggerView trigger) {
        ZoneId zone = ZoneId.of(trigger.zone());
        String when = trigger.timing() != null
                ? Times.english(trigger.timing(), zone)
                : trigger.interval() != null ? "every " + Times.english(trigger.interval()) : "";
        String next = trigger.next().isEmpty()
                ? ""
                : "; next " + Times.english(trigger.next().getFirst(), zone);
        return "- " + trigger.handle() + " [" + trigger.kind() + ", " + trigger.state() + "] \"" + trigger.text()
                + "\" " + when + next;
    }

    private static String refusedSchedule(String code) {
        return switch (code) {
            case "schedule.past" -> "Not scheduled: that time is over.";
            case "schedule.never" -> "Not scheduled: that time never comes.";
            case "schedule.unknown-handle" -> "There is no such reminder. /schedule lists yours.";
            case "schedule.not-yours" -> "Not done: that one belongs to somebody else.";
            case "schedule.quota" -> "Not scheduled: you have as many as are allowed. Cancel some first (/schedule).";
            case "schedule.zone" -> "Not scheduled: I do not know that time zone.";
            case "schedule.paused" -> "Not run: it is paused. Resume it first.";
            case "schedule.unreadable" -> "That failed inside scheduler-service; the cause is kept as a dead letter.";
            case "watch.own-service" -> "Not watched: that is the address of one of Chela's own services.";
            case "watch.url" -> "Not watched: that is not an http or https address that I can use.";
            default -> "The scheduler refused that (" + code + ").";
        };
    }

    @Override
    public String fired(TriggerFired fired) {
        ZoneId zone = ZoneId.of(fired.zone());
        return switch (fired) {
            case TriggerFired.Due due -> {
                String late = due.late()
                        ? " (late: it was due on " + Times.english(due.dueAt(), zone)
                                + ", when I was not running"
                                + (due.missed() > 0 ? "; " + due.missed() + " earlier ones were skipped" : "")
                                + ")"
                        : "";
                yield (due.action() == Action.ASK ? "You wanted me to ask: " : "Reminder: ") + due.text() + late;
            }
            case TriggerFired.Alert alert ->
                "Alert (" + alert.handle() + "): " + alert.url() + " "
                        + (alert.status() != null ? "answers " + alert.status() : "does not answer: " + alert.problem())
                        + ", since " + Times.english(alert.since(), zone) + ".";
            case TriggerFired.Recovery well ->
                "Recovered (" + well.handle() + "): " + well.url() + " answers " + well.status() + " again, on "
                        + Times.english(well.at(), zone) + "; it was bad since "
                        + Times.english(well.badSince(), zone) + ".";
            case TriggerFired.Dropped dropped ->
                dropped.handle() + " (\"" + dropped.text()
                        + "\") did not run and will not run again: the person that it"
                        + " acts for is no longer active here (" + dropped.code() + ").";
        };
    }

    @Override
    public String laterArrives(String where) {
        return "What comes later cannot arrive in this kind of conversation; you find it here: " + where;
    }

    @Override
    public String help() {
        return """
                What I understand without a language model (also in Chinese):
                - remember that the staging database is db-17 / which database does staging use? / no, it is db-18 / forget which database staging uses
                - remind me in 20 minutes to check the backup / every weekday at 9:00 remind us to update the board / tomorrow at 3pm remind me to call Ana
                - watch https://example.com/health every minute and tell me when it is not 200
                - check disk and memory / what time is it in Tokyo? / what is 12*7+3?
                - run `ls -la` (in a sandbox, after your approval)
                Several at once: join them with "and".

                Commands: /help  /status  /memory  /schedule  /approve [code]  /deny [code]  /stop  /new  /plan  /why  /language en|zh  /timezone ZONE
                - /memory forget m-1    - /schedule pause|resume|cancel|run t-1""";
    }

    @Override
    public String approvalUnknown(@Nullable String code, List<String> open) {
        if (open.isEmpty()) return "Nothing waits for your approval.";
        return (code == null
                        ? "Several wait for your approval. Say which: "
                        : "There is no open approval " + code + ". Open: ")
                + open.stream().map(c -> "/approve " + c).collect(Collectors.joining(", "));
    }

    @Override
    public String approvalClosed(String code, String state) {
        return "Nothing was done: the approval " + code + " is no longer open (" + state + "). Each can be used once.";
    }

    @Override
    public String approvalNotYours(String code) {
        return "Nothing was done: the approval " + code
                + " can only be decided by the person who asked, or by an owner.";
    }

    @Override
    public String decidedElsewhere(String code, boolean approved, String conversation) {
        return code + (approved ? " is approved" : " is denied") + "; the outcome is told in the conversation "
                + conversation + ".";
    }

    @Override
    public String nothingToStop() {
        return "There is nothing to stop.";
    }

    @Override
    public String stoppedTurns(int turns, int approvals) {
        return "Stopped " + turns + (turns == 1 ? " turn" : " turns")
                + (approvals == 0 ? "." : " and closed " + approvals + (approvals == 1 ? " approval." : " approvals."));
    }

    @Override
    public String freshConversation() {
        return "All right, a fresh start: what was said before in this conversation is not looked at any more. Memories stay.";
    }

    @Override
    public String nothingYet() {
        return "There is no earlier reply in this conversation.";
    }

    @Override
    public String unknownCommand(String command) {
        return "I do not know the command " + shortened(command) + ". /help lists them.";
    }

    @Override
    public String settingWrong(String command, String value, String allowed) {
        return command + ": \"" + shortened(value) + "\" is not allowed. Allowed: " + allowed;
    }

    @Override
    public String status(StatusReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                report.model() == null
                        ? "Model: none configured (config/models.yaml). What needs none works."
                        : "Model: " + report.model() + ", configured in " + report.modelSource());
        if (report.problem() != null) text.append("\nProblem: ").append(report.problem());
        text.append("\nTools: ").append(report.tools()).append(" known");
        for (String tool : report.unavailable())
            text.append("\n- not available: ").append(tool);
        text.append("\nIn this conversation: ").append(report.running()).append(" under way");
        if (report.approvals().isEmpty()) text.append(", no approval open.");
        for (String approval : report.approvals())
            text.append("\n- open approval: ").append(approval);
        return text.toString();
    }

    @Override
    public String why(WhyReport report, ZoneId zone) {
        StringBuilder text = new StringBuilder("How the last reply came about:\nMethod: ").append(report.method());
        list(text, "Steps", report.steps());
        list(text, "Memories", report.memories());
        list(text, "Policy", report.rules());
        text.append("\nTime: ").append(report.millis()).append(" ms in all");
        if (!report.trace().isEmpty()) text.append("\nTrace: ").append(report.trace());
        return text.toString();
    }

    private static void list(StringBuilder text, String heading, List<String> lines) {
        if (lines.isEmpty()) return;
        text.append('\n').append(heading).append(':');
        for (String line : lines) text.append("\n- ").append(line);
    }

    @Override
    public String modelFailure(String code, String model, String detail) {
        String what = switch (code) {
            case "model.unreachable" -> "cannot be reached";
            case "model.timeout" -> "took too long";
            case "model.rate-limited" -> "is rate-limited; try again in a while";
            case "model.unauthorized" -> "refuses the API key";
            case "model.not-found" -> "is not known to its endpoint";
            case "model.configuration" -> "is configured wrongly";
            default -> "failed";
        };
        return "The model " + model + " " + what + ". " + detail;
    }

    static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
}
