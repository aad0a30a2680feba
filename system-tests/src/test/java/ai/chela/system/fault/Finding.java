package ai.chela.system.fault;

/** Something that should not have happened. */
record Finding(Kind kind, String where, String what) {
    enum Kind {
        /** Offered again and again, and never accepted. */
        NOT_ACCEPTED,
        /** Accepted and not answered. */
        LOST,
        /** Answered more than once with the same words. */
        DOUBLED,
        /** Answered more than once with different words. */
        CONTRADICTED,
        /** The answer does not say what it must. */
        WRONG,
        /** Answered before an earlier message of its conversation. */
        OUT_OF_ORDER,
        /** An answer to something that nobody said, or something by itself that nobody asked for. */
        UNASKED,
        /** Promised, and it never came. */
        NEVER_FIRED,
        /** Promised once, and it came more than once. */
        FIRED_AGAIN,
        /** Remembered otherwise than once. */
        EFFECT,
        /** A command ran more than once. */
        RAN_AGAIN,
        /** A command ran although it was denied, or was told to be. */
        RAN_UNAPPROVED,
        /** A command was told to have run, and has not. */
        RAN_NOT,
        /** The model was asked again for what it had answered before a later step. */
        STEP_REPEATED,
        /** What streams brought is not what is stored: an event missing, doubled, or another. */
        STREAM,
        /** Something was away, and a gateway neither took a message nor said in time when to try again. */
        UNTOLD,
        /** A process that was told to stop took longer than it may. */
        SLOW_TO_LEAVE,
        /** A process did not come back. */
        GONE,
        /** The faults did not strike while something was under way: the run proves nothing. */
        MISSED
    }

    @Override
    public String toString() {
        return kind + " " + where + ": " + what;
    }
}
