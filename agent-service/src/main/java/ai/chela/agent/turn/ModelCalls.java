package ai.chela.agent.turn;

import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.model.ModelAnswer;
import ai.chela.agent.model.ModelClient;
import ai.chela.agent.model.ModelSettings;
import ai.chela.agent.operation.Catalogue;
import ai.chela.agent.prompt.Prompt;
import ai.chela.agent.prompt.PromptMessage;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Calls the model after the commit, under a lease, and tells what it said. */
@ApplicationScoped
public class ModelCalls {
    private static final Logger LOG = Logger.getLogger(ModelCalls.class);
    private static final int HISTORY = 40;

    private final AgentConfig config;
    private final Catalogue catalogue;
    private final Partials partials;
    private final MeterRegistry meters;
    private final ModelClient client;
    private volatile @Nullable Outcomes outcomes;

    public ModelCalls(AgentConfig config, Catalogue catalogue, Partials partials, MeterRegistry meters) {
        this.config = config;
        this.catalogue = catalogue;
        this.partials = partials;
        this.meters = meters;
        this.client = new ModelClient(config.dataFolder());
    }

    /**
     * A model call that is under way.
     *
     * @param until {@link System#nanoTime} up to which nobody else can have taken it over
     */
    public record UnderWay(TurnRow row, int attempt, long fence, String step, String model, Origin origin, long until) {
        /** Whether it may still be sent; not after a pause in which its lease has ended. */
        boolean mayBegin(long nanos) {
            return nanos - until < 0;
        }
    }

    /** Who is told of the outcome, and keeps the lease meanwhile. */
    public interface Outcomes {
        void began(UnderWay call, Uni<ModelAnswer> answer);
    }

    public void tell(Outcomes listener) {
        outcomes = listener;
    }

    Uni<Void> ask(UnitOfWork unit, TurnRow row, TurnState state, Origin origin, int attempt) {
        if (!(state instanceof TurnState.Thinking(Progress progress, int _)))
            throw new IllegalStateException("a model is asked by a thinking turn only");
        ModelSettings.Model model = config.models().chosen();
        String name = model == null ? "none" : model.name();
        String step = Ids.derive(row.id(), "model", progress.rounds().size(), attempt);
        // from before the lease is taken: the database counts from when it takes it
        long until = System.nanoTime() + HeldCalls.LEASE.toNanos();
        return Steps.begun(unit, row.id(), step, "model", name, null)
                .chain(() -> Journal.history(unit, row, HISTORY))
                .invoke(() -> CrashPoints.reach(CrashPoint.LEASE_BEFORE))
                .chain(history -> Journal.lease(unit, row.id(), HeldCalls.LEASE).invoke(fence -> {
                    unit.afterCommit(() -> CrashPoints.reach(CrashPoint.LEASE_AFTER));
                    UnderWay call = new UnderWay(row, attempt, fence, step, name, origin, until);
                    int budget = model == null ? 0 : model.contextTokens();
                    List<PromptMessage> prompt = Prompt.build(row.input(), progress, history, Instant.now(), budget);
                    unit.afterCommit(() -> begin(call, model, prompt, row));
                }))
                .replaceWithVoid();
    }

    private void begin(UnderWay call, ModelSettings.@Nullable Model model, List<PromptMessage> prompt, TurnRow row) {
        Outcomes listener = outcomes;
        if (listener == null) return;
        if (model == null) {
            listener.began(
                    call,
                    Uni.createFrom()
                            .item(new ModelAnswer.Failed("model.configuration", "It is no longer configured.")));
            return;
        }
        CrashPoints.reach(CrashPoint.MODEL_CALL_BEFORE);
        if (!call.mayBegin(System.nanoTime())) {
            LOG.infof("model.not-asked turn=%s fence=%d", row.id(), call.fence());
            return;
        }
        long began = System.nanoTime();
        Partials.Stream stream = partials.open(call.origin(), row.input().messageId(), call.attempt(), call.step());
        List<Catalogue.Offer> offers = row.input().mode() == Mode.PLAIN ? List.of() : catalogue.offers();
        listener.began(call, client.ask(model, prompt, offers, stream::add).invoke(answer -> {
            CrashPoints.reach(CrashPoint.MODEL_CALL_AFTER);
            stream.close();
            measure(call, answer, System.nanoTime() - began);
        }));
    }

    private void measure(UnderWay call, ModelAnswer answer, long nanos) {
        String outcome = switch (answer) {
            case ModelAnswer.Said said -> {
                count("chela.model.tokens", call.model(), "input", said.inputTokens());
                count("chela.model.tokens", call.model(), "output", said.outputTokens());
                yield "ok";
            }
            case ModelAnswer.Failed(String code, String _) -> code;
        };
        meters.timer("chela.model.call", "model", call.model(), "outcome", outcome)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private void count(String meter, String model, String direction, @Nullable Integer tokens) {
        if (tokens != null)
            meters.counter(meter, "model", model, "direction", direction).increment(tokens);
    }
}
