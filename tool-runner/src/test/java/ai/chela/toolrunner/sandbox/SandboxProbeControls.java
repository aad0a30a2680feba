package ai.chela.toolrunner.sandbox;

/** Controls need rights that the sandbox takes away, so they run where the tests have them. */
final class SandboxProbeControls {
    private SandboxProbeControls() {}

    static boolean possible() {
        return "0".equals(Sandboxes.printedOutside("id -u"));
    }
}
