package ai.chela.memory.crypto;

import org.jspecify.annotations.Nullable;

/** Something sealed does not open with the key at hand. Names what, never its content. */
public class WrongKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongKeyException(String what, @Nullable Throwable cause) {
        super("does not open: " + what, cause);
    }
}
