package ai.chela.launcher.client;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chat}: a conversation in the terminal; what arrives late is printed above the prompt. */
@Command(name = "chat", description = "Talk to Chela in the terminal")
public final class ChatCommand implements Callable<Integer> {
    /** How long piped input waits for the answer to one line before it sends the next. */
    private static final Duration PIPED = Duration.ofSeconds(60);

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--conversation",
            paramLabel = "NAME",
            defaultValue = "terminal",
            description = "Default: ${DEFAULT-VALUE}")
    private String conversation = "terminal";

    @Option(names = "--as", paramLabel = "PERSON", description = "Id of the person who speaks; default: the owner")
    private @Nullable String person;

    public ChatCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        Gateway gateway = Caller.of(here, folder, person);
        if (System.console() == null || !System.console().isTerminal()) return piped(gateway);
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            return interactive(folder, gateway, terminal);
        }
    }

    /** Input that is not typed: line by line, each answered before the next is sent. */
    private int piped(Gateway gateway) throws IOException, InterruptedException {
        int code = ExitCode.OK;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) continue;
            switch (Question.ask(gateway, conversation, line, PIPED)) {
                case Answer.Replied(Event event) -> here.out().println(event.text());
                case Answer.AwaitsApproval(Event event) -> here.out().println(event.text());
                case Answer.Failed(Event event) -> {
                    here.out().println(event.text());
                    code = ExitCode.FAILED;
                }
                case Answer.TimedOut() -> {
                    here.say("(no answer within %d s)", "（%d 秒内没有回答）", PIPED.toSeconds());
                    code = ExitCode.TIME_OUT;
                }
            }
        }
        return code;
    }

    private int interactive(DataFolder folder, Gateway gateway, Terminal terminal)
            throws IOException, InterruptedException {
        DataFolder.touch(folder.path().resolve("chat-history"));
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .variable(LineReader.HISTORY_FILE, folder.path().resolve("chat-history"))
                .variable(LineReader.DISABLE_COMPLETION, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        Transcript transcript = new Transcript(reader, terminal);
        here.say(
                "Conversation \"%s\". /help shows what Chela understands; Ctrl-D leaves.",
                "会话“%s”。/help 显示 Chela 能理解的内容；Ctrl-D 离开。", conversation);
        try (Listener listener = new Listener(gateway, conversation, -1, transcript::show).ready()) {
            while (true) {
                String line = reader.readLine("> ");
                if (line.isBlank()) continue;
                send(gateway, reader, line);
                if (!listener.isConnected())
                    reader.printAbove(here.language().say("(connecting again ...)", "（正在重新连接 ...）"));
            }
        } catch (EndOfFileException | UserInterruptException _) {
            return ExitCode.OK;
        }
    }

    private void send(Gateway gateway, LineReader reader, String line) throws InterruptedException {
        try {
            gateway.post(conversation, Question.freshId(), line);
        } catch (ai.chela.launcher.Problem e) {
            reader.printAbove(e.getMessage());
        }
    }

    /** What the conversation says, above the line that is being typed. Partials grow line by line. */
    private static final class Transcript {
        private final LineReader reader;
        private final Terminal terminal;
        private final StringBuilder streamed = new StringBuilder();
        private int shown;

        Transcript(LineReader reader, Terminal terminal) {
            this.reader = reader;
            this.terminal = terminal;
        }

        void show(Event event) {
            switch (event.type()) {
                case PARTIAL -> {
                    if (event.restarts()) {
                        streamed.setLength(0);
                        shown = 0;
                    }
                    streamed.append(event.text());
                    int end = streamed.lastIndexOf("\n");
                    if (end >= shown) {
                        reader.printAbove(streamed.substring(shown, end));
                        shown = end + 1;
                    }
                }
                case STEP -> reader.printAbove("  · " + event.text());
                case REPLY, APPROVAL, FAILED -> finish(event.text());
                case ACCEPTED, OTHER -> {}
            }
            terminal.flush();
        }

        /** The final text stands for itself; what of it was streamed already is not shown twice. */
        private void finish(String text) {
            boolean streaming = shown > 0 && text.startsWith(streamed.substring(0, shown));
            reader.printAbove(streaming ? text.substring(shown) : text);
            streamed.setLength(0);
            shown = 0;
        }
    }
}
