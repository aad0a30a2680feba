package ai.chela.memory.crypto;

/** The master key is missing or wrong; the service does not start. */
public class MasterKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MasterKeyException(String message) {
        super(message);
    }
}
