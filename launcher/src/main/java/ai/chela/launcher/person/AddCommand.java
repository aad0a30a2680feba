package ai.chela.launcher.person;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.config.PeopleFile;
import ai.chela.launcher.config.PeopleFile.Newcomer;
import ai.chela.launcher.config.Templates;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.data.StackState;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code person add}: one more person, with a token of their own. */
@Command(name = "add", description = "Add a person")
public final class AddCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "How the person is called")
    private String name = "";

    @Option(names = "--id", description = "Short and lower case; default: made of the name")
    private @Nullable String id;

    @Option(names = "--zone", description = "Time zone such as Asia/Shanghai; default: this machine's")
    private @Nullable String zone;

    @Option(names = "--language", description = "en or zh; default: the terminal's")
    private @Nullable String language;

    @Option(names = "--xmpp", paramLabel = "ADDRESS", description = "The person's XMPP address")
    private @Nullable String xmpp;

    public AddCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder(here);
        folder.prepare();
        Templates.make(here, folder);
        Newcomer person = checked();
        if (PeopleFile.ids(folder).contains(person.id()))
            throw here.problem(
                    "There is a person with the id \"%s\" already. Choose another with --id.",
                    "标识为“%s”的人员已存在。请用 --id 另选一个。", person.id());
        DataFolder.write(folder.tokenOf(person.id()), Secrets.random() + "\n");
        PeopleFile.add(folder, person);
        here.say("%s may talk to Chela now, as \"%s\".", "%s 现在可以以“%s”的身份与 Chela 对话。", person.name(), person.id());
        here.say(
                "  on this machine:  ./chela send --as %s%s \"hello\"",
                "  在本机：./chela send --as %s%s \"你好\"", person.id(), data.suffix());
        here.say(
                "  over HTTP:        curl -H \"Authorization: Bearer $(cat '%s')\" %s/v1/models",
                "  通过 HTTP：curl -H \"Authorization: Bearer $(cat '%s')\" %s/v1/models",
                folder.tokenOf(person.id()),
                StackState.read(folder).address());
        if (person.xmpp() != null) here.say("  over XMPP:        from %s", "  通过 XMPP：使用 %s", person.xmpp());
        return ExitCode.OK;
    }

    private Newcomer checked() {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl))
            throw usage("A name has 1 to 200 characters, on one line.", "姓名为 1 到 200 个字符，且只占一行。");
        String chosen = id == null ? PeopleFile.idOf(name) : id;
        if (id == null && chosen.equals("owner"))
            throw usage("No id can be made of this name; give one with --id.", "无法由该姓名生成标识；请用 --id 指定。");
        if (!chosen.matches("[a-z0-9][a-z0-9._-]{0,59}"))
            throw usage("An id is 1 to 60 of a-z, 0-9, dot, dash and underscore.", "标识由 1 到 60 个 a-z、0-9、点、连字符和下划线组成。");
        String tongue = language == null ? here.language().tag() : language;
        if (!tongue.equals("en") && !tongue.equals("zh"))
            throw usage("--language is en or zh.", "--language 只能是 en 或 zh。");
        if (xmpp != null && !xmpp.matches("[^\\s@/\"'<>]+@[^\\s@/\"'<>]+"))
            throw usage("--xmpp is an address such as lin@example.org.", "--xmpp 应为形如 lin@example.org 的地址。");
        return new Newcomer(chosen, name.strip(), zoneId().getId(), tongue, xmpp);
    }

    private ZoneId zoneId() {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException _) {
            throw usage("--zone is a time zone such as Asia/Shanghai.", "--zone 应为形如 Asia/Shanghai 的时区。");
        }
    }

    private Problem usage(String english, String chinese) {
        return new Problem(ExitCode.USAGE, here.language().say(english, chinese));
    }
}
