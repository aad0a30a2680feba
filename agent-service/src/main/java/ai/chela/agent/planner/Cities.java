package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Time zones by city, in both languages, or by identifier of the IANA database. */
final class Cities {
    private static final String TABLE = """
            Asia/Shanghai beijing shanghai shenzhen guangzhou hangzhou chengdu china 北京 上海 深圳 广州 杭州 成都 中国
            Asia/Hong_Kong hong_kong 香港
            Asia/Taipei taipei 台北
            Asia/Macau macau 澳门
            Asia/Tokyo tokyo osaka japan 东京 大阪 日本
            Asia/Seoul seoul 首尔
            Asia/Singapore singapore 新加坡
            Asia/Kuala_Lumpur kuala_lumpur 吉隆坡
            Asia/Bangkok bangkok 曼谷
            Asia/Jakarta jakarta 雅加达
            Asia/Manila manila 马尼拉
            Asia/Ho_Chi_Minh ho_chi_minh_city saigon 胡志明市
            Asia/Kolkata delhi new_delhi mumbai bangalore bengaluru india 德里 新德里 孟买 班加罗尔 印度
            Asia/Karachi karachi 卡拉奇
            Asia/Dhaka dhaka 达卡
            Asia/Kathmandu kathmandu 加德满都
            Asia/Dubai dubai abu_dhabi 迪拜
            Asia/Riyadh riyadh 利雅得
            Asia/Tehran tehran 德黑兰
            Asia/Jerusalem jerusalem tel_aviv 耶路撒冷 特拉维夫
            Europe/Istanbul istanbul 伊斯坦布尔
            Europe/Moscow moscow 莫斯科
            Europe/Kyiv kyiv kiev 基辅
            Europe/Athens athens 雅典
            Europe/Helsinki helsinki 赫尔辛基
            Europe/Bucharest bucharest 布加勒斯特
            Europe/Berlin berlin munich hamburg frankfurt cologne germany 柏林 慕尼黑 汉堡 法兰克福 德国
            Europe/Paris paris 巴黎
            Europe/Madrid madrid barcelona 马德里 巴塞罗那
            Europe/Rome rome milan 罗马 米兰
            Europe/Vienna vienna 维也纳
            Europe/Zurich zurich geneva 苏黎世 日内瓦
            Europe/Amsterdam amsterdam 阿姆斯特丹
            Europe/Brussels brussels 布鲁塞尔
            Europe/Copenhagen copenhagen 哥本哈根
            Europe/Stockholm stockholm 斯德哥尔摩
            Europe/Oslo oslo 奥斯陆
            Europe/Warsaw warsaw 华沙
            Europe/Prague prague 布拉格
            Europe/Budapest budapest 布达佩斯
            Europe/Lisbon lisbon 里斯本
            Europe/London london 伦敦
            Europe/Dublin dublin 都柏林
            Africa/Cairo cairo 开罗
            Africa/Johannesburg johannesburg cape_town 约翰内斯堡 开普敦
            Africa/Lagos lagos 拉各斯
            Africa/Nairobi nairobi 内罗毕
            America/New_York new_york boston washington miami atlanta 纽约 波士顿 华盛顿 迈阿密
            America/Toronto toronto montreal 多伦多 蒙特利尔
            America/Chicago chicago dallas houston austin 芝加哥 达拉斯 休斯顿
            America/Denver denver 丹佛
            America/Phoenix phoenix 凤凰城
            America/Los_Angeles los_angeles san_francisco seattle san_diego 洛杉矶 旧金山 西雅图 圣迭戈
            America/Vancouver vancouver 温哥华
            America/Anchorage anchorage 安克雷奇
            Pacific/Honolulu honolulu 檀香山 火奴鲁鲁
            America/Mexico_City mexico_city 墨西哥城
            America/Bogota bogota 波哥大
            America/Lima lima 利马
            America/Santiago santiago 圣地亚哥
            America/Sao_Paulo sao_paulo 圣保罗
            America/Argentina/Buenos_Aires buenos_aires 布宜诺斯艾利斯
            Australia/Sydney sydney canberra 悉尼 堪培拉
            Australia/Melbourne melbourne 墨尔本
            Australia/Brisbane brisbane 布里斯班
            Australia/Perth perth 珀斯
            Pacific/Auckland auckland 奥克兰
            """;

    private static final Map<String, String> BY_NAME = byName();
    private static final Map<String, String> BY_ID = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.contains("/") && !id.startsWith("Etc/")
                    || Set.of("UTC", "GMT").contains(id))
            .collect(Collectors.toMap(id -> id.toLowerCase(Locale.ROOT), id -> id, (a, _) -> a));
    private static final int LONGEST = 9;

    private Cities() {}

    /** A zone and the position after its name. */
    record Found(String zone, int end) {}

    private static Map<String, String> byName() {
        Map<String, String> names = new HashMap<>();
        TABLE.lines().forEach(line -> {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) names.put(words[i].replace('_', ' '), words[0]);
        });
        return names;
    }

    /** The longest name of a zone at {@code at}; null: none. */
    static @Nullable Found read(Utterance said, int at, int limit) {
        if (at >= limit) return null;
        for (int end = Math.min(limit, at + LONGEST); end > at; end--) {
            String text = joined(said, at, end);
            String zone = BY_NAME.get(text);
            if (zone == null) zone = BY_ID.get(text);
            if (zone != null) return new Found(zone, end);
        }
        return null;
    }

    private static String joined(Utterance said, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            boolean space = i > from && !said.glued(i) && said.at(i).kind() == Token.Kind.WORD;
            if (space) text.append(' ');
            text.append(said.at(i).text());
        }
        return text.toString();
    }
}
