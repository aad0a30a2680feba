package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;

/** Work under way. Simplified Chinese. */
interface ChineseWork extends WorkPhrases {
    @Override
    default String stepModel(String model, int round) {
        return round == 1 ? "正在询问模型 " + model + "。" : "正在把结果交给模型 " + model + "（第 " + round + " 轮）。";
    }

    @Override
    default String stepModelAgain(String model, int attempt) {
        return "对模型的调用中断了，正在再次询问 " + model + "（第 " + attempt + " 次）。";
    }

    @Override
    default String stepRunning(List<Operation> operations) {
        return "正在运行 " + Shown.lines(operations) + "。";
    }

    @Override
    default String stepAgain(Operation operation) {
        return operation.name() + " 没有回音；它可以安全地重复，正在重新运行。";
    }

    @Override
    default String outcomeUnknown(Operation operation, String said) {
        return said + "\n\n当时执行的是：\n" + Shown.whole(operation);
    }

    @Override
    default String lateResult(Operation operation, String result) {
        return "之前结果未知的 " + Shown.line(operation) + " 现在有了结果：\n\n" + result;
    }
}
