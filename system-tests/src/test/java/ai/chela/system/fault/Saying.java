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
 * @param command the sign that its command leaves when it runs, null when it asks for none; it needs an approval
 */
record Saying(
        String text,
        String expected,
        @Nullable String promised,
        @Nullable String remembered,
        @Nullable String command) {
    /**
     * The next message of a conversation; the same random numbers give the same messages.
     *
     * @param effects where commands write to; null: none are asked for
     */
    static Saying next(Random random, int conversation, int number, @Nullable Effects effects) {
        String sign = sign(conversation, number);
        int dice = random.nextInt(100);
        if (dice < 36) return sum(conversation * 10_000 + number);
        if (dice < 56) return muse(sign);
        if (dice < 60) return plain("muse " + FakeModel.SLOWLY + " about " + sign, sign);
        if (dice < 69)
            return new Saying(FakeModel.STORE + " " + sign + " somehow", sign, null, "shelf of " + sign, null);
        if (dice < 86) return reminder(sign, 5 + random.nextInt(20));
        if (dice < 93)
            return new Saying(
                    "remember that the box of " + sign + " is number " + number,
                    "box of " + sign,
                    null,
                    "box of " + sign,
                    null);
        return effects == null
                ? sum(conversation * 10_000 + number)
                : new Saying("run " + effects.command(sign), "/approve ", null, null, sign);
    }

    /** The next message over a chat platform, which does not say what an answer is for: its words must. */
    static Saying nextInChat(Random random, int conversation, int number) {
        String sign = sign(conversation, number);
        int dice = random.nextInt(100);
        if (dice < 45) return sum(conversation * 10_000 + number);
        return dice < 75 ? muse(sign) : reminder(sign, 5 + random.nextInt(20));
    }

    static Saying plain(String text, String expected) {
        return new Saying(text, expected, null, null, null);
    }

    /** All of one length: none is the beginning of another. */
    private static String sign(int conversation, int number) {
        return "parcel-%03d-%04d".formatted(conversation, number);
    }

    private static Saying muse(String sign) {
        return plain("muse about " + sign + " with me", sign);
    }

    private static Saying sum(int number) {
        return plain("what is " + number + "+1?", Integer.toString(number + 1));
    }

    private static Saying reminder(String sign, int seconds) {
        String what = "fetch " + sign;
        return new Saying("remind me in " + seconds + " seconds to " + what, what, "Reminder: " + what, null, null);
    }
}
