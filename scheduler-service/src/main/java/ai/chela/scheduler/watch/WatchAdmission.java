package ai.chela.scheduler.watch;

import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.scheduler.trigger.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a watch can be made. Pure. */
final class WatchAdmission {
    private static final Duration LONGEST = Duration.ofDays(366);

    private WatchAdmission() {}

    /** What can be said without resolving the host; null when nothing is wrong with that. */
    static @Nullable Refusal ofRequest(ScheduleRequested.Watch watch) {
        if (watch.expectedStatus() < 200 || watch.expectedStatus() > 599)
            return url(
                    watch,
                    "The expected status %s is not from 200 to 599.",
                    "期望的状态码 %s 不在 200 到 599 之间。",
                    watch.expectedStatus());
        if (watch.interval().compareTo(LONGEST) > 0)
            return url(watch, "The interval is longer than 366 days.", "间隔超过 366 天。");
        return switch (Target.parse(watch.url())) {
            case Target.Parsed.Fine _ -> null;
            case Target.Parsed.Flawed(var flaw) -> url(watch, flaw.english(), flaw.chinese());
        };
    }

    /** What the addresses of the host say; null when it may be watched. */
    static @Nullable Refusal ofAddresses(ScheduleRequested.Watch watch, Target target, Hosts.Resolved resolved) {
        return switch (AddressRule.judge(target.host(), resolved.addresses(), target.port(), resolved.own())) {
            case AddressRule.Open _ -> null;
            case AddressRule.OwnService _ ->
                Refusal.of(
                        "watch.own-service",
                        watch.language(),
                        "%s is one of Chela's own services; those are watched by ./chela status.",
                        "%s 是 Chela 自身的服务；请用 ./chela status 查看。",
                        target.authority());
            case AddressRule.NeedsApproval(var address, var kind) ->
                watch.approved() != null
                        ? null
                        : Refusal.of(
                                "watch.needs-approval",
                                watch.language(),
                                "%s is at %s: %s.",
                                "%s 的地址是 %s：%s。",
                                target.authority(),
                                address.getHostAddress(),
                                kind.in(watch.language()));
        };
    }

    static Refusal unresolved(ScheduleRequested.Watch watch, Target target) {
        return url(watch, "The name %s cannot be resolved.", "无法解析主机名 %s。", target.host());
    }

    private static Refusal url(ScheduleRequested.Watch watch, String english, String chinese, Object... args) {
        return Refusal.of("watch.url", watch.language(), english, chinese, args);
    }
}
