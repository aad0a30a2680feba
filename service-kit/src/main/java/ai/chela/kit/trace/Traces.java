package ai.chela.kit.trace;

import ai.chela.kit.tenancy.Origin;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans whose context travels with the messages, not with threads. */
@ApplicationScoped
public class Traces {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    public Traces(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("ai.chela");
    }

    /** Starts a span below the origin's, or a new trace where the origin has none. */
    public Span start(String name, Origin origin) {
        var builder = tracer.spanBuilder(name).setParent(parent(origin.traceparent()));
        builder.setAttribute("chela.tenant", origin.tenant());
        if (origin.conversation() != null) builder.setAttribute("chela.conversation", origin.conversation());
        if (origin.turn() != null) builder.setAttribute("chela.turn", origin.turn());
        return new Span(builder.startSpan());
    }

    private static Context parent(@Nullable String traceparent) {
        if (traceparent == null) return Context.root();
        return W3C.extract(Context.root(), Map.of("traceparent", traceparent), MapGetter.INSTANCE);
    }

    /** A span that is under way. */
    public static final class Span {
        private final io.opentelemetry.api.trace.Span span;

        Span(io.opentelemetry.api.trace.Span span) {
            this.span = span;
        }

        /** The W3C form, to be carried by what this span causes; null when tracing is off. */
        public @Nullable String traceparent() {
            SpanContext context = span.getSpanContext();
            if (!context.isValid()) return null;
            Map<String, String> carrier = new HashMap<>();
            W3C.inject(Context.root().with(span), carrier, (map, key, value) -> {
                if (map != null) map.put(key, value);
            });
            return carrier.get("traceparent");
        }

        public void end(@Nullable Throwable failure) {
            if (failure != null)
                span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
            span.end();
        }
    }

    private enum MapGetter implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
