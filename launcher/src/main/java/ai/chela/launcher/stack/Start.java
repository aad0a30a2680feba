package ai.chela.launcher.stack;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.client.Answer;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.client.Question;
import ai.chela.launcher.config.ModelsFile;
import ai.chela.launcher.config.Templates;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.kafka.KafkaBroker;
import ai.chela.launcher.kafka.Topics;
import ai.chela.launcher.postgres.Account;
import ai.chela.launcher.postgres.PostgresServer;
import ai.chela.launcher.postgres.Roles;
import ai.chela.launcher.supervise.Child;
import ai.chela.launcher.supervise.LearnedStart;
import ai.chela.launcher.supervise.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One start of the stack, step by step, each told on the console with the time that it took. */
final class Start {
    /** The first start of a part on a slow machine that does other things too. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** What the pools of one instance of each of the five services take together at most; once more to spare. */
    private static final int CONNECTIONS = 60;

    private static final Duration ANSWER = Duration.ofSeconds(30);
    static final String CHECK = "chela-check";

    private final Surroundings here;
    private final DataFolder data;
    private final Supervisor supervisor;
    private final boolean natively;
    private final Path jvm = Path.of(System.getProperty("java.home"), "bin", "java");

    /** @param natively whether services that have a native executable run as such */
    Start(Surroundings here, DataFolder data, Supervisor supervisor, boolean natively) {
        this.here = here;
        this.data = data;
        this.supervisor = supervisor;
        this.natively = natively;
    }

    /** Brings everything up; returns when the first question is answered. */
    void run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        requireBuilt();
        makeConfiguration();
        Natives natives = natives();
        Secrets secrets = makeSecrets();
        KafkaBroker kafka = kafka(secrets);
        Account account = Account.choose();
        Path home = PostgresServer.homeFor(data, account);
        if (account instanceof Account.Other(String name, int _, int _)) {
            supervisor.change(it -> it.keepingPostgresAt(home.toString()));
            here.say(
                    "  PostgreSQL runs as %s and keeps its files in %s: as root it does not run, and user namespaces are not permitted here",
                    "  PostgreSQL 以 %s 身份运行，文件位于 %s：它不能以 root 运行，且此处不允许用户命名空间", name, home);
        }
        PostgresServer postgres = new PostgresServer(
                data,
                home,
                account,
                secrets,
                port(Ports.POSTGRES),
                CONNECTIONS * (1 + supervisor.state().instances()),
                ServiceLaunch.basics(here.environment()));
        together(List.of(() -> startKafka(kafka), () -> startPostgres(postgres)));
        startServices(natives, secrets, kafka);
        firstQuestion();
        long millis = millisSince(begun);
        supervisor.change(it -> it.took("up", millis));
    }

    private void requireBuilt() {
        for (Service service : Service.values()) {
            Path jar = ServiceLaunch.jar(here.root(), service);
            if (!Files.exists(jar))
                throw here.problem(
                        "%s is not built: %s is missing. Build it with `./chela build`.",
                        "%s 尚未构建：缺少 %s。请用 `./chela build` 构建。", service.folder(), jar);
        }
    }

    /** What runs natively, and told of each other service why it does not. */
    private Natives natives() throws IOException {
        if (!natively) return Natives.NONE;
        Natives found = Natives.of(here.root(), data);
        if (found.executables().isEmpty())
            throw here.problem(
                    "No service has a native executable of the sources as they are. Build them with `./chela build --native`,"
                            + " or start without --native.",
                    "没有任何服务具有与当前源码一致的原生可执行文件。请用 `./chela build --native` 构建，或不加 --native 启动。");
        for (Service service : Service.values()) {
            Natives.Obstacle obstacle = found.obstacles().get(service);
            if (obstacle == null) continue;
            here.say("  %s runs on the JVM: %s", "  %s 在 JVM 上运行：%s", service.folder(), obstacle.text(here.language()));
        }
        return found;
    }

    private void makeConfiguration() throws IOException {
        List<String> made = Templates.make(here, data);
        if (!made.isEmpty()) here.say("  made %s in %s", "  已创建 %s（位于 %s）", String.join(", ", made), data.config());
        Optional<ModelsFile.Named> model = ModelsFile.named(here.environment());
        if (model.isPresent() && ModelsFile.take(data, model.get()))
            here.say(
                    "  wrote model %s to %s",
                    "  已将模型 %s 写入 %s", model.get().name(), data.config().resolve("models.yaml"));
    }

    private Secrets makeSecrets() throws IOException {
        Secrets.makeOwn(data);
        List<String> accounts = new ArrayList<>();
        for (String role : Roles.all(Service.shortNames())) accounts.add(PostgresServer.passwordOf(role));
        for (String user : Service.shortNames()) accounts.add(KafkaBroker.account(user));
        accounts.add(KafkaBroker.account(KafkaBroker.ADMIN));
        return Secrets.of(data, accounts);
    }

    private KafkaBroker kafka(Secrets secrets) {
        return new KafkaBroker(
                here.root(),
                jvm,
                data,
                secrets,
                port(Ports.KAFKA),
                port(Ports.KAFKA_CONTROLLER),
                Service.shortNames(),
                LearnedStart.at(here.root().resolve("launcher/target/kafka.aot"), here.environment()),
                ServiceLaunch.basics(here.environment()));
    }

    private int port(String name) {
        return supervisor.state().port(name).orElseThrow();
    }

    private Void startKafka(KafkaBroker broker) throws Exception {
        long begun = System.nanoTime();
        Child child = supervisor.keep(broker.prepare(), Probe.kafka(port(Ports.KAFKA)));
        try {
            Topics.make(broker, PATIENCE);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw dead(child, e);
        }
        up(child, port(Ports.KAFKA), begun);
        return null;
    }

    private Void startPostgres(PostgresServer server) throws Exception {
        long begun = System.nanoTime();
        if (server.isNew()) here.say("  making the database, the first time only ...", "  正在创建数据库（仅首次）...");
        Child child = supervisor.keep(server.prepare(), Probe.postgres(port(Ports.POSTGRES)));
        try {
            Roles.make(server, Service.shortNames(), PATIENCE);
        } catch (IOException | java.sql.SQLException e) {
            throw dead(child, e);
        }
        up(child, port(Ports.POSTGRES), begun);
        return null;
    }

    private Problem dead(Child child, Exception cause) {
        return new Problem(
                here.language()
                        .say(
                                "%s does not work: %s%n%s%nThe whole log: %s",
                                "%s 无法工作：%s%n%s%n完整日志：%s",
                                child.spec().name(),
                                Problem.reason(cause),
                                supervisor.lastLines(child),
                                child.spec().log()),
                cause);
    }

    private void up(Child child, int port, long begun) {
        long millis = millisSince(begun);
        supervisor.change(it -> it.took(child.spec().name(), millis));
        here.say(
                "  %-20s port %-6d %5.1f s",
                "  %-20s 端口 %-6d %5.1f 秒", child.spec().name(), port, millis / 1000.0);
    }

    private void startServices(Natives natives, Secrets secrets, KafkaBroker kafka)
            throws IOException, InterruptedException {
        ServiceLaunch launch = new ServiceLaunch(
                here, jvm, natives, data, secrets, kafka, supervisor.state().ports());
        Map<Member, Child> waiting = new LinkedHashMap<>();
        long begun = System.nanoTime();
        for (Member member : Member.all(supervisor.state().instances()))
            waiting.put(member, supervisor.keep(launch.of(member), Probe.service(port(member.managementPort()))));
        Health health = new Health();
        while (!waiting.isEmpty()) {
            for (Map.Entry<Member, Child> entry : List.copyOf(waiting.entrySet())) {
                supervisor.requireAlive(entry.getValue());
                if (!health.isReady(port(entry.getKey().managementPort()))) continue;
                up(entry.getValue(), port(entry.getKey().listener()), begun);
                waiting.remove(entry.getKey());
            }
            if (millisSince(begun) > PATIENCE.toMillis()) {
                Child late = waiting.values().iterator().next();
                throw here.problem(
                        "%s is not ready after %d s. Its last lines:%n%s%nThe whole log: %s",
                        "%s 在 %d 秒后仍未就绪。最后的日志：%n%s%n完整日志：%s",
                        late.spec().name(),
                        PATIENCE.toSeconds(),
                        supervisor.lastLines(late),
                        late.spec().log());
            }
            Thread.sleep(100); // a service tells nobody that it is ready, it must be asked
        }
    }

    private void firstQuestion() throws IOException, InterruptedException {
        Gateway gateway = new Gateway(
                supervisor.state().address(), Files.readString(data.token()).strip(), here.language(), () -> true);
        long begun = System.nanoTime();
        Answer answer = Question.ask(gateway, CHECK, "what time is it", ANSWER);
        long millis = millisSince(begun);
        switch (answer) {
            case Answer.Replied _ -> supervisor.change(it -> it.answeredFirst(millis));
            case Answer.Failed(var event) ->
                throw here.problem("The first question failed: %s", "首个问题失败：%s", event.text());
            case Answer.AwaitsApproval _ ->
                throw here.problem(
                        "The first question was not answered: policy.yaml asks for approval of time.now.",
                        "首个问题未得到回答：policy.yaml 要求批准 time.now。");
            case Answer.TimedOut _ ->
                throw here.problem(
                        "The first question was not answered within %d s. See `./chela logs`, in %s.",
                        "首个问题在 %d 秒内没有得到回答。请查看 `./chela logs`（%s）。", ANSWER.toSeconds(), data.logs());
        }
    }

    private static void together(List<Callable<Void>> parts) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = parts.stream().map(threads::submit).toList();
            for (Future<Void> part : running) part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) throw problem;
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new Problem(Problem.reason(cause), cause);
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
