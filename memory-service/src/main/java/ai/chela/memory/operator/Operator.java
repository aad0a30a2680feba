package ai.chela.memory.operator;

import ai.chela.memory.backup.Backup;
import ai.chela.memory.backup.Restore;
import ai.chela.memory.backup.Verification;
import ai.chela.memory.crypto.MasterKeyException;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.keys.KeyFile;
import ai.chela.memory.keys.RenewalBook;
import ai.chela.memory.retention.HoldBook;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operator's commands: {@code backup DIR}, {@code verify DIR}, {@code restore DIR}, {@code keys
 * status|rotate|retire|renew}, {@code hold list|set|lift}. A process of its own with the environment of the service, beside it or, for a restore, in its
 * place.
 */
public final class Operator {
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int FAILED = 3;

    private final Map<String, String> environment;
    private final Language language;
    private final PrintStream out;
    private final PrintStream err;

    Operator(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.language = Language.of(environment);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] line) {
        // before anything logs: its own messages are all that an operator is to see
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out),
                true,
                java.nio.charset.StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.err),
                true,
                java.nio.charset.StandardCharsets.UTF_8);
        System.exit(new Operator(System.getenv(), out, err).run(line));
    }

    /** Runs one command; returns its exit code: 0 done, 2 wrong command line, 3 failed, with one message why. */
    int run(String... line) {
        try {
            return run(Arguments.of(line));
        } catch (Refusal refusal) {
            err.println(refusal.in(language));
        } catch (MasterKeyException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            String file = e instanceof java.nio.file.FileSystemException
                    ? e.getClass().getSimpleName() + " "
                    : "";
            err.println(language.say(
                    "Files cannot be read or written: %s%s", "文件读写失败：%s%s", file, String.valueOf(e.getMessage())));
        } catch (SQLException e) {
            err.println(language.say(
                    "The database does not do it: %s (%s)",
                    "数据库操作失败：%s (%s)", String.valueOf(e.getMessage()), String.valueOf(e.getSQLState())));
        }
        return FAILED;
    }

    private int run(Arguments arguments) throws IOException, SQLException {
        String command = arguments.word(0);
        return switch (command) {
            case "backup", "verify", "restore" -> {
                if (arguments.words().size() != 2) yield usage();
                Path data = Path.of(arguments.word(1)).toAbsolutePath().normalize();
                String named = arguments.value("--keys");
                Path keys = named == null
                        ? data.resolve("keys")
                        : Path.of(named).toAbsolutePath().normalize();
                yield switch (command) {
                    case "backup" -> backup(data, keys, arguments.flag("--full"));
                    case "verify" -> verify(data, keys);
                    default -> restore(data, keys, arguments);
                };
            }
            case "keys" -> keys(arguments);
            case "hold" -> hold(arguments);
            default -> usage();
        };
    }

    private int usage() {
        err.println("backup DIR [--keys DIR] [--full]\n"
                + "verify DIR [--keys DIR]\n"
                + "restore DIR [--keys DIR] [--to TIME] [--replace] [--erasures FILE]...\n"
                + "keys status|rotate|retire\n"
                + "keys renew [--tenant NAME] [--person ID]\n"
                + "hold list|set|lift [--tenant NAME] (--person ID | --all) [--reason TEXT]");
        return USAGE;
    }

    private Database database() {
        return Database.of(environment);
    }

    private int backup(Path data, Path keys, boolean full) throws IOException, SQLException {
        Backup.Result result = new Backup(database(), data, keys, this::masters).run(full);
        out.println(language.say(
                "Backed up %d memories as of %s: run %d, %s, %d new or changed, %d forgotten.",
                "已备份 %d 条记忆（截至 %s）：第 %d 次，%s，新增或更改 %d 条，遗忘 %d 条。",
                result.stored(),
                result.takenAt().truncatedTo(ChronoUnit.MILLIS),
                result.number(),
                result.full() ? language.say("everything", "全量") : language.say("what changed", "增量"),
                result.changed(),
                result.erased()));
        return OK;
    }

    private int verify(Path data, Path keys) throws IOException, SQLException {
        String master = environment.getOrDefault("CHELA_MASTER_KEY", "");
        Verification found = Verification.of(data, keys, master.isEmpty() ? null : masters());
        out.println(language.say(
                "The backup is whole: %d runs, the last of %s with %d memories; %d are known to be forgotten.",
                "备份完整：共 %d 次，最后一次为 %s，含 %d 条记忆；已知遗忘 %d 条。",
                found.runs(),
                found.last().truncatedTo(ChronoUnit.MILLIS),
                found.stored(),
                found.forgotten()));
        Long opened = found.opened();
        if (opened == null)
            out.println(language.say(
                    "Whether its memories can be read was not tried: there is no master key here.",
                    "未尝试解读其中的记忆：此处没有主密钥。"));
        else out.println(language.say("%d stored bodies were opened with its keys.", "已用其密钥打开 %d 份内容。", opened));
        return OK;
    }

    private int restore(Path data, Path keys, Arguments arguments) throws IOException, SQLException {
        Restore.Result result = Restore.run(
                database(),
                data,
                keys,
                masters(),
                arguments.instant("--to"),
                arguments.flag("--replace"),
                arguments.paths("--erasures"));
        out.println(language.say(
                "Restored %d memories as of %s. %d that were forgotten later did not come back.",
                "已恢复 %d 条记忆（截至 %s）。%d 条之后被遗忘的没有恢复。",
                result.memories(),
                result.takenAt().truncatedTo(ChronoUnit.MILLIS),
                result.forgotten()));
        return OK;
    }

    private MasterKeys masters() {
        return MasterKeys.load(environment.get("CHELA_MASTER_KEY"), Path.of(""));
    }

    private String tenant(Arguments arguments) {
        String named = arguments.value("--tenant");
        return named == null ? environment.getOrDefault("CHELA_TENANT", "local") : named;
    }

    private int keys(Arguments arguments) throws IOException, SQLException {
        String what = arguments.word(1);
        if (what.equals("renew")) {
            int wanted = new RenewalBook(database(), tenant(arguments)).want(arguments.value("--person"));
            out.println(language.say(
                    "%d keys are made anew. memory-service does it while it runs, beginning within ten seconds; `keys"
                            + " status` says how many are left.",
                    "将更新 %d 个密钥。memory-service 运行时会在十秒内开始；`keys status` 显示剩余数量。", wanted));
            return OK;
        }
        KeyFile file = new KeyFile(environment.getOrDefault("CHELA_MASTER_KEY", ""), database());
        KeyFile.Status status = switch (what) {
            case "status" -> file.status();
            case "rotate" -> file.rotate();
            case "retire" -> file.retire();
            default -> null;
        };
        if (status == null) return usage();
        status.tenants()
                .forEach((id, tenants) -> out.println(language.say(
                        "%s  wraps the keys of %d tenants%s",
                        "%s  包裹 %d 个租户的密钥%s",
                        id,
                        tenants,
                        id.equals(status.wanted()) ? language.say(", wanted", "，当前") : "")));
        if (status.left() > 0)
            out.println(language.say(
                    "The rotation goes on: %d tenants are left. memory-service does it while it runs, beginning within"
                            + " a minute.",
                    "轮换进行中：还剩 %d 个租户。memory-service 运行时会在一分钟内开始处理。", status.left()));
        else if (status.tenants().size() > 1)
            out.println(language.say(
                    "Former keys wrap nothing any more. Older backups may need them: back up once more, then `keys retire`.",
                    "旧密钥已不再使用。较早的备份可能仍需要它们：请先再备份一次，然后执行 `keys retire`。"));
        if (status.renewing() > 0)
            out.println(language.say(
                    "%d keys of tenants and scopes are being made anew.", "正在更新 %d 个租户与范围的密钥。", status.renewing()));
        return OK;
    }

    private int hold(Arguments arguments) throws SQLException {
        HoldBook book = new HoldBook(database(), tenant(arguments));
        String what = arguments.word(1);
        if (what.equals("list")) return list(book.list());
        @Nullable String person = arguments.value("--person");
        if ((person == null) != arguments.flag("--all")) return usage();
        String who = person == null ? language.say("everybody", "所有人") : person;
        switch (what) {
            case "set" -> {
                String reason = arguments.value("--reason");
                String by = arguments.value("--by");
                book.set(
                        person,
                        reason == null ? "" : reason,
                        by == null ? System.getProperty("user.name", "operator") : by);
                out.println(language.say("Nothing of %s is erased from now on.", "从现在起，%s 的记忆不会被清除。", who));
            }
            case "lift" -> {
                if (!book.lift(person)) {
                    err.println(language.say("There is no hold on %s.", "%s 没有法律保留。", who));
                    return FAILED;
                }
                out.println(language.say("The hold on %s is lifted.", "已解除对 %s 的法律保留。", who));
            }
            default -> {
                return usage();
            }
        }
        return OK;
    }

    private int list(List<HoldBook.Hold> holds) {
        if (holds.isEmpty()) out.println(language.say("There is no legal hold.", "没有法律保留。"));
        for (HoldBook.Hold hold : holds)
            out.println(language.say(
                    "%-20s since %s, by %s: %s",
                    "%-20s 自 %s，由 %s 设置：%s",
                    hold.person() == null ? language.say("everybody", "所有人") : hold.person(),
                    hold.at().truncatedTo(ChronoUnit.SECONDS),
                    hold.by(),
                    hold.reason()));
        return OK;
    }
}
