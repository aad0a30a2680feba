package ai.chela.launcher.doctor;

/**
 * One thing that was looked at.
 *
 * @param text what was found and, where something is to be done, what
 */
public record Finding(Level level, String text) {
    /** How much a finding matters. */
    public enum Level {
        FINE("ok  "),
        /** Chela runs, something in it does not. */
        LACKING("note"),
        /** Chela does not run. */
        WRONG("FAIL");

        private final String mark;

        Level(String mark) {
            this.mark = mark;
        }

        public String mark() {
            return mark;
        }
    }

    static Finding fine(String text) {
        return new Finding(Level.FINE, text);
    }

    static Finding lacking(String text) {
        return new Finding(Level.LACKING, text);
    }

    static Finding wrong(String text) {
        return new Finding(Level.WRONG, text);
    }
}
