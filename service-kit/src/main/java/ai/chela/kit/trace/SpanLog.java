package ai.chela.kit.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.jboss.logging.Logger;

/**
 * Writes finished spans to the log, where {@code CHELA_TRACE_LOG=INFO} asks for it: a trace can be followed across the
 * services without a collector. That this exporter exists also keeps the OTLP one from calling its default address.
 */
@ApplicationScoped
public class SpanLog implements SpanExporter {
    private static final Logger LOG = Logger.getLogger(SpanLog.class);

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        if (LOG.isInfoEnabled())
            for (SpanData span : spans)
                LOG.infof(
                        "span trace=%s id=%s parent=%s name=\"%s\" micros=%d status=%s",
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getParentSpanId(),
                        span.getName(),
                        (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1000,
                        span.getStatus().getStatusCode());
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
