package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.List;

/** A turn that goes to a model which answers at once: what Chela adds to a model's own time. */
final class ModelTurn implements Measurement {
    @Override
    public String name() {
        return "model";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("turn with a model that answers at once", "模型立即回答的一轮");
    }

    @Override
    public String obstacle(Bench bench) {
        return bench.own() == null
                ? bench.say(
                        "it needs a model of its own, and the models of a stack that somebody uses are not changed: --own",
                        "需要专用模型，而正在使用的环境的模型配置不会被更改：请用 --own")
                : "";
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        bench.alone().steady(sizes.rate(), Math.ceilDiv(sizes.warmUp(), 2 * sizes.rate()), Saying.MODEL);
        return List.of(
                bench.turns(
                        "modelOneAtATime",
                        bench.say("turn with a model, one at a time", "带模型的一轮，逐个发送"),
                        bench.measure(() -> bench.alone().oneAtATime(sizes.turns(), Saying.MODEL)),
                        List.of()),
                bench.turns(
                        "modelSteady",
                        bench.say("turn with a model, %d a second", "带模型的一轮，每秒 %d 个", sizes.rate()),
                        bench.measure(() -> bench.alone().steady(sizes.rate(), sizes.seconds(), Saying.MODEL)),
                        List.of()));
    }
}
