package ai.chela.agent.reply;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecalledFact;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

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
            case MemoryChanged.NotFound _ -> "我没有记过这样的事，所以没有可改的。";
            case MemoryChanged.Refused(String _, String code) -> refusedMemory(code);
            case MemoryChanged.Listed(String _, List<RecalledFact> facts, long total) ->
                facts.isEmpty() ? "我还没有为你记住任何事。可以说：记住：……" : "我记着 " + total + " 件事：\n" + quoted(facts, zone);
        };
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
            default -> "记忆服务拒绝了（" + code + "）。";
        };
    }

    private static String quoted(List<RecalledFact> facts, ZoneId zone) {
        return facts.stream()
                .map(fact -> "- " + fact.handle() + "：“" + fact.text() + "”（" + fact.saidBy() + "，"
                        + Times.chinese(fact.saidAt(), zone) + "）")
                .collect(Collectors.joining("\n"));
    }

    @Override
    default String recalled(RecallCompleted recalled, ZoneId zone) {
        if (!recalled.certain()) return "我不知道：我记住的事里没有能回答这个问题的。";
        RecalledFact fact = recalled.facts().getFirst();
        return "“" + fact.text() + "”\n" + fact.saidBy() + "说于" + Times.chinese(fact.saidAt(), zone) + "（"
                + fact.handle() + "）。";
    }
}
