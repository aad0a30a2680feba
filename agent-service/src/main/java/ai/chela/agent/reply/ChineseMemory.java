package ai.chela.agent.reply;

import ai.chela.contracts.memory.Habit;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.Provenance;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What memory-service answers. Simplified Chinese. */
interface ChineseMemory extends MemoryPhrases {
    @Override
    default String memory(MemoryChanged changed, ZoneId zone) {
        return switch (changed) {
            case MemoryChanged.Remembered(String _, RecalledFact fact, boolean known) ->
                (known ? "这个我已经记着了（" : "记住了（") + fact.handle() + "）：“" + fact.text() + "”"
                        + (fact.scope().equals("person") ? "\n只有你能查到。" : "");
            case MemoryChanged.Corrected(String _, RecalledFact before, RecalledFact after) ->
                "已更正（" + after.handle() + "）。\n原来：“" + before.text() + "”\n现在：“" + after.text() + "”";
            case MemoryChanged.Forgotten(String _, List<RecalledFact> facts) -> "已永久忘记：\n" + quoted(facts, zone);
            case MemoryChanged.Ambiguous(String _, List<RecalledFact> facts) ->
                "有几条都符合，所以一条也没有忘：\n" + quoted(facts, zone) + "\n请说明是哪一条，例如“忘掉 "
                        + facts.getFirst().handle() + "”。";
            case MemoryChanged.NotFound _ -> "我没有记过这样的事。";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed listed -> listed(listed, zone);
            case MemoryChanged.Explained explained -> explained(explained, zone);
            case MemoryChanged.LookedBack back -> lookedBack(back, zone);
            case MemoryChanged.Marked(String _, RecalledFact fact, MemoryChanged.Marked.Mark mark) ->
                marked(mark, fact, zone);
            case MemoryChanged.Confirm(String _, long total) ->
                "这会永久忘记你私下告诉我的全部 " + total + " 条记忆，以及你的习惯。确定的话请发送：/记忆 忘掉 全部 " + total;
            case MemoryChanged.ForgottenAll(String _, long total) -> "已永久忘记：你私下告诉我的全部 " + total + " 条记忆，以及你的习惯。";
            case MemoryChanged.Exported(String _, List<String> lines, String next) -> exported(lines, next);
            case MemoryChanged.Habits(String _, List<Habit> habits) -> habits(habits, zone);
            case MemoryChanged.LearningSet(String _, boolean on, long learned) -> learning(on, learned);
            case MemoryChanged.Reviewed(String _, Instant at, List<ReviewNote> notes) -> reviewed(at, notes, zone);
        };
    }

    private static String listed(MemoryChanged.Listed listed, ZoneId zone) {
        if (listed.total() == 0) return nothingListed(listed);
        int pages = listed.pages() == null ? 1 : listed.pages();
        int page = listed.page() == null ? 1 : listed.page();
        String where = pages == 1 ? "" : "（第 " + page + " 页，共 " + pages + " 页）";
        String next = page < pages ? "\n下一页：/记忆 列表 " + (page + 1) : "";
        return what(listed) + where + "：\n" + quoted(listed.facts(), zone) + next;
    }

    private static String nothingListed(MemoryChanged.Listed listed) {
        if (Boolean.TRUE.equals(listed.preferences())) return "我还不知道你有什么偏好。可以说，比如：我更喜欢简短的回答。";
        return listed.tag() == null ? "我还没有为你记住任何事。可以说：记住：……" : "标签“" + listed.tag() + "”下没有内容。";
    }

    private static String what(MemoryChanged.Listed listed) {
        if (Boolean.TRUE.equals(listed.preferences())) return "我知道你的 " + listed.total() + " 条偏好";
        return listed.tag() == null
                ? "我记着 " + listed.total() + " 件事"
                : "标签“" + listed.tag() + "”下有 " + listed.total() + " 件事";
    }

    private static String explained(MemoryChanged.Explained explained, ZoneId zone) {
        RecalledFact now = explained.versions().getFirst();
        List<String> lines = new ArrayList<>();
        lines.add(now.handle() + "：“" + now.text() + "”");
        lines.add(saidChinese(now, zone) + (now.scope().equals("person") ? "是私下说的，只有你能查到。" : "是在群里说的，大家都能查到。"));
        Provenance provenance = now.provenance();
        if (provenance != null) {
            lines.add("可信度：" + Math.round(provenance.trust() * 100) + "%。自"
                    + Times.chinese(provenance.validFrom(), zone) + "起有效。" + kept(provenance, zone));
        }
        Instant last = explained.recalledAt();
        lines.add(
                last == null
                        ? "还没有用它回答过问题。"
                        : "用它回答过 " + explained.recalls() + " 次，最近一次是" + Times.chinese(last, zone) + "。");
        for (RecalledFact version :
                explained.versions().subList(1, explained.versions().size()))
            lines.add("之前：“" + version.text() + "”（" + version.saidBy() + "，" + Times.chinese(version.saidAt(), zone)
                    + "）");
        return String.join("\n", lines);
    }

    private static String kept(Provenance provenance, ZoneId zone) {
        Instant expires = provenance.expiresAt();
        return (provenance.pinned() ? "已置顶。" : "")
                + (expires == null ? "" : "将于" + Times.chinese(expires, zone) + "忘掉。")
                + (provenance.tags().isEmpty() ? "" : "标签：" + String.join("、", provenance.tags()) + "。")
                + (provenance.disputed() ? "另一条记忆的说法不同。" : "");
    }

    private static String lookedBack(MemoryChanged.LookedBack back, ZoneId zone) {
        RecalledFact then = back.then();
        Instant at = back.at();
        String now = "\n现在：“" + back.now().text() + "”（" + back.now().handle() + "）";
        if (then == null && at != null) return Times.chinese(at, zone) + "的时候我还不知道这件事。" + now;
        if (then == null)
            return "据我所知之前没有别的说法：“" + back.now().text() + "”没有更正过（" + back.now().handle() + "）。";
        Provenance provenance = then.provenance();
        Instant until = provenance == null ? null : provenance.validTo();
        String held = until == null ? "" : "\n有效到" + Times.chinese(until, zone) + "。";
        return "“" + then.text() + "”\n" + saidChinese(then, zone) + held
                + (then.id().equals(back.now().id()) ? "" : now);
    }

    private static String marked(MemoryChanged.Marked.Mark mark, RecalledFact fact, ZoneId zone) {
        String which = "（" + fact.handle() + "）：“" + fact.text() + "”";
        Provenance provenance = fact.provenance();
        return switch (mark) {
            case PINNED -> "已置顶" + which;
            case UNPINNED -> "已取消置顶" + which;
            case EXPIRES -> {
                Instant at = provenance == null ? null : provenance.expiresAt();
                yield (at == null ? "到时" : "将于" + Times.chinese(at, zone)) + "永久忘掉" + which;
            }
            case LASTS -> "不再有期限" + which;
            case TAGGED, UNTAGGED ->
                (provenance == null || provenance.tags().isEmpty()
                                ? "现在没有标签"
                                : "标签：" + String.join("、", provenance.tags()))
                        + which;
            case SETTLED -> "好的，以这条为准" + which;
        };
    }

    private static String exported(List<String> lines, @Nullable String next) {
        if (lines.isEmpty()) return "没有可以导出的内容。";
        return "```\n" + String.join("\n", lines) + "\n```" + (next == null ? "" : "\n还有更多：/记忆 导出 " + next);
    }

    private static String habits(List<Habit> habits, ZoneId zone) {
        if (habits.isEmpty()) return "我还没有注意到你有什么习惯。开关：/记忆 学习 开，/记忆 学习 关";
        return "你最常让我做的事（我只记做了什么、什么时候，不记你说的话）：\n"
                + habits.stream()
                        .map(habit -> "- " + habit.operation() + "：" + habit.count() + " 次，多在" + hours(habit) + "，最近一次是"
                                + Times.chinese(habit.lastAt(), zone))
                        .collect(Collectors.joining("\n"))
                + "\n要忘掉：/记忆 忘掉 全部。要停止统计：/记忆 学习 关";
    }

    private static String hours(Habit habit) {
        String days = Hours.days(habit).stream()
                .map(day -> "周" + "一二三四五六日".charAt(day))
                .collect(Collectors.joining("、"));
        String hours = Hours.of(habit).stream().map(hour -> hour + "点").collect(Collectors.joining("、"));
        return days + " " + hours;
    }

    private static String learning(boolean on, long learned) {
        String has = learned == 0 ? "目前没有这样学到的内容。" : "目前学到 " + learned + " 条（在 /记忆 里有标注，可以按编号忘掉）。";
        return (on
                        ? "学习已开启：你私下说到自己的话，比如“我叫……”“我更喜欢……”，我会作为学到的内容记下；配置了模型的话，它还会从你的话里摘录，并标注为摘录。我也统计你常让我做的事。"
                        : "学习已关闭：我只记你让我记住的事。")
                + has
                + (on ? "要关闭：/记忆 学习 关" : "要开启：/记忆 学习 开");
    }

    private static String reviewed(@Nullable Instant at, List<ReviewNote> notes, ZoneId zone) {
        if (at == null) return "还没有复查过你的记忆，每天夜里会复查一次。";
        String when = "最近一次复查：" + Times.chinese(at, zone) + "。";
        if (notes.isEmpty()) return when + "没有需要处理的。";
        return when + "\n"
                + notes.stream()
                        .map(note -> switch (note.what()) {
                            case MERGED -> "- " + note.other() + " 和 " + note.memory() + " 说的是同一件事，已合为一条。";
                            case CLOSED -> "- " + note.memory() + " 取代了之前说法不同的 " + note.other() + "。";
                            case DISPUTED ->
                                "- " + note.memory() + " 和 " + note.other() + " 互相矛盾。请说明以哪条为准：/记忆 为准 " + note.memory();
                        })
                        .collect(Collectors.joining("\n"));
    }

    private static String refusedMemory(String code) {
        return switch (code) {
            case "memory.secret" -> "没有记住：这看起来像密码或密钥。机密应放在密钥库里，而不是记忆里。";
            case "memory.quota" -> "没有记住：你的记忆已满。请先忘掉一些（/memory）。";
            case "memory.not-yours" -> "没有执行：那条记忆属于别人。";
            case "memory.unreadable" -> "没有记住：文字里有控制字符。";
            case "memory.too-long" -> "没有记住：太长了，一条记忆最多 16,384 个字符。";
            case "memory.too-many" -> "没有执行：一次最多指定 200 条记忆。";
            case "memory.failed" -> "memory-service 内部出错，原因已作为死信保存。";
            case "memory.private" -> "这里不行：别人也看得到。请在你自己的对话里问我。";
            case "memory.past" -> "没有执行：那个时间已经过了。请说一个以后的时间，例如 30 天后。";
            case "memory.tags" -> "没有执行：一条记忆最多 20 个标签。";
            case "memory.held" -> "没有执行：它处于法律保全之下，不能删除。请联系 Chela 的管理员。";
            default -> "记忆服务拒绝了（" + code + "）。";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + "：“" + fact.text() + "”（" + fact.saidBy() + "，"
                        + Times.chinese(fact.saidAt(), zone) + "）" + marks(fact))
                .collect(Collectors.joining("\n"));
    }

    private static String marks(RecalledFact fact) {
        Provenance provenance = fact.provenance();
        if (provenance == null) return "";
        List<String> marks = new ArrayList<>();
        switch (provenance.origin()) {
            case SAID -> {}
            case LEARNED -> marks.add("学到的");
            case PICKED -> marks.add("模型摘录");
            case MODEL -> marks.add("模型的话");
            case TOOL -> marks.add("来自工具");
        }
        if (provenance.pinned()) marks.add("置顶");
        if (provenance.expiresAt() != null) marks.add("有期限");
        if (provenance.disputed()) marks.add("有争议");
        provenance.tags().forEach(tag -> marks.add("#" + tag));
        return marks.isEmpty() ? "" : "［" + String.join("，", marks) + "］";
    }

    /** Only a person's own word is said to be hers. */
    private static String saidChinese(RecalledFact fact, ZoneId zone) {
        Provenance provenance = fact.provenance();
        MemoryOrigin origin = provenance == null ? MemoryOrigin.SAID : provenance.origin();
        String when = Times.chinese(fact.saidAt(), zone);
        String handle = "（" + fact.handle() + "）。";
        return switch (origin) {
            case SAID -> fact.saidBy() + "说于" + when + handle;
            case LEARNED -> "从" + fact.saidBy() + "在" + when + "说的话里学到" + handle;
            case PICKED -> "是模型从" + fact.saidBy() + "在" + when + "说的话里逐字摘录的" + handle;
            case MODEL -> "是模型在" + when + "与" + fact.saidBy() + "的对话里的说法" + handle;
            case TOOL -> "是工具或网页在" + when + "与" + fact.saidBy() + "的对话里给出的" + handle;
        };
    }

    @Override
    default String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return unsure(recalled.facts(), zone);
        RecalledFact fact = recalled.facts().getFirst();
        return "“" + fact.text() + "”\n" + saidChinese(fact, zone) + disputed(recalled.facts(), zone);
    }

    private static String unsure(List<RecalledFact> facts, ZoneId zone) {
        return MemoryPhrases.closest(facts)
                .map(fact -> "这个我不知道，没有把握。我记住的最接近的是（也可能说的是别的事）：\n" + quoted(List.of(fact), zone))
                .orElse("我不知道：我记住的事里没有能回答这个问题的。");
    }

    private static String disputed(List<RecalledFact> facts, ZoneId zone) {
        if (!isDisputed(facts.getFirst())) return "";
        List<RecalledFact> others =
                facts.stream().skip(1).takeWhile(ChineseMemory::isDisputed).toList();
        if (others.isEmpty()) return "";
        return "\n另一种说法：\n" + quoted(others, zone) + "\n以哪条为准？请发送：/记忆 为准 "
                + facts.getFirst().handle() + "（或 " + others.getFirst().handle() + "）。都对的话请置顶。";
    }

    private static boolean isDisputed(RecalledFact fact) {
        return fact.provenance() != null && fact.provenance().disputed();
    }

    @Override
    default String found(List<RecalledFact> facts, ZoneId zone) {
        return facts.isEmpty() ? "没有找到类似的。" : "最接近的 " + facts.size() + " 条：\n" + quoted(facts, zone);
    }
}
