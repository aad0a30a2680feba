package ai.chela.toolrunner.sandbox;

/** How well a command is shut in, best first. The level is probed at start and never lowered while running. */
public enum Level {
    /** Own namespaces, system call filter and limits, and a control group that bounds memory, processes and CPU. */
    BUBBLEWRAP_CGROUP("bubblewrap+cgroup"),
    /** The same without a control group: memory is bounded per process only. */
    BUBBLEWRAP("bubblewrap"),
    /** Commands are refused. */
    NONE("none");

    private final String shown;

    Level(String shown) {
        this.shown = shown;
    }

    /** The name in status, logs and metrics. */
    public String shown() {
        return shown;
    }
}
