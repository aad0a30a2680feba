package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import ai.chela.launcher.client.Event;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question whose answer is a memory. What is remembered for it is forgotten again. */
final class RecallTurn implements Measurement {
    private static final double P50 = 15;
    private static final double P99 = 60;
    private static final String FACT = "the lamp of the benchmark is amber";
    static final Saying REMEMBER = new Saying("remember that " + FACT, "m-");
    static final Saying ASK = new Saying("what is the lamp of the benchmark?", FACT);
    private static final Pattern HANDLE = Pattern.compile("\\bm-\\d+\\b");

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("turn with recall", "带回忆的一轮");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        bench.alone().open(Load.SPREAD);
        String handle = remembered(bench);
        try {
            bench.alone().steady(sizes.rate(), Math.ceilDiv(sizes.warmUp(), 2 * sizes.rate()), ASK);
            return List.of(
                    bench.turns(
                            "recallOneAtATime",
                            bench.say("turn with recall, one at a time", "带回忆的一轮，逐个发送"),
                            bench.measure(() -> bench.alone().oneAtATime(sizes.turns(), ASK)),
                            P50,
                            P99),
                    bench.turns(
                            "recallSteady",
                            bench.say("turn with recall, %d a second", "带回忆的一轮，每秒 %d 个", sizes.rate()),
                            bench.measure(() -> bench.alone().steady(sizes.rate(), sizes.seconds(), ASK)),
                            P50,
                            P99));
        } finally {
            forget(bench, handle);
        }
    }

    private static String remembered(Bench bench) throws InterruptedException {
        Event reply = bench.alone().ask(0, REMEMBER).last();
        Matcher handle = HANDLE.matcher(reply == null ? "" : reply.text());
        if (!handle.find()) throw unexpected(bench, REMEMBER, reply == null ? "" : reply.text());
        return handle.group();
    }

    private static void forget(Bench bench, String handle) throws InterruptedException {
        Saying forget = new Saying("forget " + handle, handle);
        Turn turn = bench.alone().ask(0, forget);
        if (!turn.isRight()) throw unexpected(bench, forget, String.valueOf(turn.trouble()));
    }

    private static Problem unexpected(Bench bench, Saying saying, String answer) {
        return bench.here()
                .problem("The answer to \"%s\" was not expected: %s", "对“%s”的回答出乎意料：%s", saying.text(), answer);
    }
}
