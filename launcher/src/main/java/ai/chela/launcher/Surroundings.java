package ai.chela.launcher;

import ai.chela.launcher.language.Language;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the machine.
 *
 * @param root the project's folder: the services' {@code target} folders are below it
 * @param environment the variables of the calling shell
 */
public record Surroundings(
        Path root, Map<String, String> environment, PrintStream out, PrintStream err, Language language) {

    /** Prints a line in the language of the terminal. */
    public void say(String english, String chinese, Object... arguments) {
        out.println(language.say(english, chinese, arguments));
        out.flush();
    }

    /** A failure whose message is in the language of the terminal. */
    public Problem problem(String english, String chinese, Object... arguments) {
        return new Problem(language.say(english, chinese, arguments));
    }
}
