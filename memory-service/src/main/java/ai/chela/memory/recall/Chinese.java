package ai.chela.memory.recall;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Chinese text has no spaces: words without content are cut out, and what stays is read in pairs of characters. */
final class Chinese {
    /** Cut out of facts and questions alike; the longest that fits at a place is taken. */
    private static final Set<String> STOP =
            words("什么时候 什么时间 什么地方 什么 啥 啥时候 哪一个 哪一天 哪个 哪些 哪里 哪儿 哪台 哪天 哪位 哪种 哪家 哪 谁 几点 几号 几个 几台 几 多少"
                    + " 多久 多长时间 怎么样 怎么 怎样 如何 为什么 为何 是不是 有没有 是否 星期几 周几 吗 呢 吧 啊 呀 嘛 的 地 得 了 着 过 是 为 在 于 和 与 及 或 也 都 就 又 还 把 被 给 让"
                    + " 对 从 到 向 由 这 那 这个 那个 这些 那些 它 他 她 我 你 您 我们 你们 他们 咱们 咱 请问 请 告诉我 告诉 知道 记得 记住 一下 有 没有 不 很 会 能 可以 应该 要 需要 需 现在 目前"
                    + " 用 使用 用的 叫 叫做 叫什么 名字叫 放 位于 等于 一共 总共 大概 个 台 位 负责人是");

    /** Words that hold one of those characters and must stay whole. */
    private static final Set<String> KEPT =
            words("目的 目的地 地址 地点 地方 地铁 地图 得分 过期 过程 通过 经过 不过期 会议 会议室 开会 例会 周会 晚会 早会 能力 能源 功能 对接 对外 对方 到期 到货"
                    + " 报到 方向 自由 由来 给定 为期 行为 作为 现在价 有效 有限 有限公司 所有 用户 用户名 费用 信用 应用 使用率 使用手册 用途 用量 共用 专用 通用 备用 放假 开放 存放 停放 叫号 呼叫 台式机"
                    + " 平台 后台 前台 台账 位置 职位 单位 座位 车位 工位 学位 个人 要求 重要 主要 摘要 需求 都市 首都 成都 还款 归还 就业 在线 在职 在途 与会 和解 和平 及格 从事 让步 着装 得到 是非 很少"
                    + " 不良 不动产 差不多 那曲 会员 会计 协会 机会 社会 能耗 性能 智能 节能");

    private static final int LONGEST = 6;

    private Chinese() {}

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split("\\s+")));
    }

    /** How many characters from {@code at} on say nothing; 0 when the character there says something. */
    static int stopAt(String run, int at) {
        for (int length = Math.min(LONGEST, run.length() - at); length > 0; length--) {
            String piece = run.substring(at, at + length);
            if (KEPT.contains(piece)) return 0;
            if (STOP.contains(piece)) return length;
        }
        return 0;
    }

    /** How many characters from {@code at} on belong together although a word without content is in them; 0 for none. */
    static int keptAt(String run, int at) {
        for (int length = Math.min(LONGEST, run.length() - at); length > 1; length--)
            if (KEPT.contains(run.substring(at, at + length))) return length;
        return 0;
    }
}
