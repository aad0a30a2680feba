package ai.chela.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What figures cannot be judged without: the machine, and how busy it was with other things. */
final class Conditions {
    private Conditions() {}

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    static String jdk() {
        return System.getProperty("java.vm.vendor") + " " + Runtime.version();
    }

    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
    }

    /** Processes that ran or wanted to, over the last minute. */
    static double load() throws IOException {
        return load(Files.readString(Path.of("/proc/loadavg")));
    }

    static double load(String averages) {
        return Double.parseDouble(averages.substring(0, averages.indexOf(' ')));
    }
}
