package ai.chela.launcher.supervise;

/**
 * Whether a process that is there still answers. It is asked in turn, each time with a time-out; what counts are
 * questions in a row that stayed without an answer, not time that passed: a launcher that was held up itself, on a loaded
 * or a suspended machine, has asked nothing meanwhile and concludes nothing.
 *
 * @param answered whether it has answered since it was started
 * @param missed questions in a row without an answer
 */
public record Pulse(boolean answered, int missed) {
    /** Before the first question to a process. */
    public static final Pulse NONE = new Pulse(false, 0);

    /** Questions in a row that a process which has answered before may leave without an answer. */
    static final int PATIENCE = 6;
    /** The same for one that has just been started: a slow machine may take long to get it up. */
    static final int PATIENCE_AT_START = 18;

    public Pulse afterAnswer() {
        return new Pulse(true, 0);
    }

    public Pulse afterSilence() {
        return new Pulse(answered, missed + 1);
    }

    /** True when it will not answer any more. */
    public boolean isHung() {
        return missed >= (answered ? PATIENCE : PATIENCE_AT_START);
    }
}
