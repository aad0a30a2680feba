package ai.chela.launcher.client;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: one message; its reply on the standard output. */
@Command(
        name = "send",
        description = "Send one message and print its reply",
        footer = "Exit code: 0 replied, 2 usage, 3 failed, 4 no reply in time, 5 awaiting approval")
public final class SendCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--conversation",
            paramLabel = "NAME",
            defaultValue = "terminal",
            description = "Default: ${DEFAULT-VALUE}")
    private String conversation = "terminal";

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "60s", description = "Default: ${DEFAULT-VALUE}")
    private String timeout = "60s";

    @Option(names = "--as", paramLabel = "PERSON", description = "Id of the person who speaks; default: the owner")
    private @Nullable String person;

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "The message; several words are joined by a space")
    private List<String> text = List.of();

    public SendCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws InterruptedException {
        String message = String.join(" ", text);
        if (message.isBlank())
            throw new Problem(ExitCode.USAGE, here.language().say("There is no text to send.", "没有要发送的内容。"));
        Duration limit = Lengths.of(timeout);
        Gateway gateway = Caller.of(here, data.folder(here), person);
        return switch (Question.ask(gateway, conversation, message, limit)) {
            case Answer.Replied(Event event) -> print(event, ExitCode.OK);
            case Answer.AwaitsApproval(Event event) -> print(event, ExitCode.AWAITING_APPROVAL);
            case Answer.Failed(Event event) -> {
                here.err().println(event.text());
                yield ExitCode.FAILED;
            }
            case Answer.TimedOut() -> {
                here.err()
                        .println(here.language()
                                .say(
                                        "No reply within %s. The message is accepted; its reply will be in the conversation \"%s\".",
                                        "%s 内没有回复。消息已被接受，回复将出现在会话“%s”中。", timeout, conversation));
                yield ExitCode.TIME_OUT;
            }
        };
    }

    private int print(Event event, int code) {
        here.out().println(event.text());
        return code;
    }
}
