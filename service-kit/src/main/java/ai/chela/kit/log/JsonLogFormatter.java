package ai.chela.kit.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One JSON object a line: time, level, logger, thread, message, and for a failure its stack. */
public final class JsonLogFormatter extends ExtFormatter {
    private final String service;
    private final String instance;

    public JsonLogFormatter(String service, String instance) {
        this.service = service;
        this.instance = instance;
    }

    @Override
    public String format(ExtLogRecord record) {
        StringBuilder out = new StringBuilder(256).append('{');
        field(out, "time", record.getInstant().toString());
        field(out, "level", record.getLevel().getName());
        field(out, "service", service);
        field(out, "instance", instance);
        field(out, "logger", record.getLoggerName());
        field(out, "thread", record.getThreadName());
        record.getMdcCopy().forEach((key, value) -> field(out, key, value));
        field(out, "message", record.getFormattedMessage());
        if (record.getThrown() != null) field(out, "stack", stack(record.getThrown()));
        out.setCharAt(out.length() - 1, '}');
        return out.append('\n').toString();
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append('"').append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value == null ? "" : value, out);
        out.append("\",");
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
