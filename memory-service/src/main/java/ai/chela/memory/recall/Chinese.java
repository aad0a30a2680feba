package ai.chela.memory.recall;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Chinese text has no spaces: words without content are cut out, and what stays is read in pairs of characters. */
final class Chinese {
    /** Cut out of facts and questions alike; the longest that fits at a place is taken. */
    private static final Set<String> STOP = words(
            "什么时候 什么时间 什么地方 什么 啥 啥时候 何时 何地 哪一个 哪一天 哪一台 哪个 哪些 哪里 哪儿 哪台 哪天 哪位 哪种 哪家 哪 谁"
                    + " 几点 几号 几个 几台 几位 几次 几 多少 多久 多长时间 怎么样 怎么 怎样 如何 为什么 为何 是不是 有没有 是否 星期几 周几 吗 呢 吧 啊 呀 嘛 的 了 是 在"
                    + " 这 那 这个 那个 这些 那些 它 他 她 我 你 您 我们 你们 他们 咱们 请问 请 告诉我 告诉 知道 还记得 记得 记住 一下 没有 可以 应该 需要 现在 目前 使用 叫做 一共 总共 大概");

    /** Words that hold one of those and must stay whole. */
    private static final Set<String> KEPT = words("目的 目的地 的士 存在 在线 在职 在途 所在地 自我 请假 申请 邀请 了解 为了 几何 是非 邀请函 请求 那曲");

    /** Characters that mostly join others: part of a word at times, and hardly a sign by themselves. */
    private static final String LIGHT = "有用要做过着得地到给让能会从对向于和与及或也都就又还把被为由个不很叫年月日号点";

    private static final int LONGEST = 6;

    private Chinese() {}

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split("\\s+")));
    }

    static boolean isLight(String character) {
        return LIGHT.contains(character);
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
