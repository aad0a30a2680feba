package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of a turn itself: models, calls, greetings. Simplified Chinese. */
interface ChineseTurns extends TurnPhrases {
    @Override
    default String needsModel(
            @Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem, boolean telling) {
        StringBuilder text = new StringBuilder(
                telling
                        ? "这里面没有我能做的事。只要你没有关闭学习，你用明确的说法讲到自己的事，比如“我叫李雷”“我更喜欢简短的回答”，我会记下来：" + "/记忆 可以查看。要确保记住，请说：记住：……"
                        : "我没有听懂，所以什么也没做。");
        if (!telling && notUnderstood != null && !notUnderstood.isBlank())
            text.append("没看明白的部分：“").append(Shortened.text(notUnderstood)).append("”。");
        if (!nearest.isEmpty()) {
            text.append("我会的最接近的说法：");
            for (String form : nearest) text.append("\n- ").append(form);
        }
        text.append("\n\n自由对话需要语言模型。");
        if (modelProblem != null) text.append("已经配置了模型，但是：").append(modelProblem);
        else
            text.append("目前没有配置：请写入 config/models.yaml，或者在启动时设置 CHELA_MODEL_BASE_URL 和 CHELA_MODEL_NAME；"
                    + "`./chela doctor` 会查找本机的 Ollama。不需要模型就能做的事见 /help。");
        return text.toString();
    }

    @Override
    default String local(String operation) {
        return switch (operation) {
            case "agent.greet" -> "你好！需要我做什么？/help 列出我能听懂的说法。";
            case "agent.thanks" -> "不客气。";
            case "agent.about" -> "我是 Chela，团队的常驻助手。我会记住你告诉我的事、按时提醒、监控网址，并在沙箱里使用工具。/help 说明怎么问。";
            case "agent.help" -> ChinesePhrases.INSTANCE.help();
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @Override
    default String preferred(Operation operation) {
        return operation.name().equals("settings.timezone")
                ? "你的时区现在是 " + operation.args().get("zone") + "。"
                : EnglishPhrases.INSTANCE.preferred(operation);
    }

    @Override
    default String stopped() {
        return "已停止。";
    }

    @Override
    default String broken() {
        return "Chela 内部出错，这件事没能完成。原因已作为死信保存，管理员可用 `./chela status` 查看。请再试一次。";
    }

    @Override
    default String modelLost() {
        return "模型试了三次都没有完成回答，请再问一次。";
    }

    @Override
    default String modelEmpty() {
        return "模型给出了空的回答，请再问一次，或者换个说法。";
    }

    @Override
    default String modelCircles(int rounds) {
        return "模型用了 " + rounds + " 轮工具仍没有得出答案，所以我停下了。";
    }

    @Override
    default String modelFailure(String code, String model, String detail) {
        String what = switch (code) {
            case "model.unreachable" -> "无法连接";
            case "model.timeout" -> "用时太久";
            case "model.rate-limited" -> "受到限流，请稍后再试";
            case "model.unauthorized" -> "拒绝了 API 密钥";
            case "model.not-found" -> "在其端点上不存在";
            case "model.configuration" -> "配置有误";
            case "model.too-long" -> "说个没完";
            default -> "出错";
        };
        return "模型 " + model + " " + what + "。" + detail;
    }

    @Override
    default String serviceSilent(String service, boolean stands) {
        return service + " 没有回答。" + (stands ? "你的请求已保存，服务恢复后会执行；再次提出前请先查看。" : "请稍后再问。");
    }

    @Override
    default String toolSilent(Operation operation) {
        return "结果未知：" + operation.name() + " 已交给 tool-runner，但没有回音，可能已经执行，也可能没有。";
    }

    @Override
    default String laterArrives(String where) {
        return "以后的消息无法送达这种对话，可以在这里看到：" + where;
    }
}
