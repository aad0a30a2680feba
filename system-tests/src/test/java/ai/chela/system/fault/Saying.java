package ai.chela.system.fault;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person says, and what must come of it.
 *
 * @param text as it is said
 * @param expected what the answer must say
 * @param promised what later comes by itself must say, null when nothing comes
 * @param remembered what exactly one memory must hold afterwards, null when none is asked for
 */
record Saying(
        String text,
        String expected,
        @Nullable String promised,
        @Nullable String remembered) {
    /** The next message of a conversation; the same random numbers give the same messages. */
    static Saying next(Random random, int conversation, int number) {
        String sign =
                "parcel-%03d-%04d".formatted(conversation, number); // of one length: none is the beginning of another
        int dice = random.nextInt(100);
        if (dice < 40) return sum(conversation * 10_000 + number);
        if (dice < 60) return new Saying("muse about " + sign + " with me", sign, null, null);
        if (dice < 65) return new Saying("muse " + FakeModel.SLOWLY + " about " + sign, sign, null, null);
        if (dice < 75) return new Saying(FakeModel.STORE + " " + sign + " somehow", sign, null, "shelf of " + sign);
        if (dice < 93) return reminder(sign, 5 + random.nextInt(20));
        return new Saying(
                "remember that the box of " + sign + " is number " + number, "box of " + sign, null, "box of " + sign);
    }

    private static Saying sum(int number) {
        return new Saying("what is " + number + "+1?", Integer.toString(number + 1), null, null);
    }

    private static Saying reminder(String sign, int seconds) {
        String what = "fetch " + sign;
        return new Saying("remind me in " + seconds + " seconds to " + what, what, "Reminder: " + what, null);
    }
}
