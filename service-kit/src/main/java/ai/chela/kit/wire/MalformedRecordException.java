package ai.chela.kit.wire;

import org.jspecify.annotations.Nullable;

/** A record that can never be handled, however often it is tried: it goes to the dead letters. */
public class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
