package ai.chela.system.fault;

import ai.chela.system.fault.Client.Deciding;
import ai.chela.system.fault.Entry.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides on the commands of one conversation: in the chat, or over the API at two gateways at once. */
final class Decider {
    private static final Pattern CODE = Pattern.compile("/approve ([2-9a-z]{5})\\b");
    private static final Duration SAID = Duration.ofSeconds(180);

    /**
     * What is decided, and how.
     *
     * @param answers what is said at each gateway, or once in the chat: true to approve
     */
    record Choice(String sign, String code, Decision decision, boolean overApi, List<Boolean> answers) {}

    /** Says something in the conversation; false when nobody took it. */
    interface Chat {
        boolean hand(int number, String id, Saying saying);
    }

    private final int gateway;
    private final String conversation;
    private final Client client;
    private final Journal journal;
    private final Random random;
    private final Chat chat;

    Decider(int gateway, String conversation, Client client, Journal journal, Random random, Chat chat) {
        this.gateway = gateway;
        this.conversation = conversation;
        this.client = client;
        this.journal = journal;
        this.random = random;
        this.chat = chat;
    }

    /**
     * Chooses and writes it down.
     *
     * @param question what the system asks, with the code
     */
    Choice choose(String sign, String question) {
        Matcher code = CODE.matcher(question);
        if (!code.find()) throw new AssertionError(conversation + ": a question without a code: " + question);
        int dice = random.nextInt(100);
        Choice choice = dice < 40
                ? new Choice(sign, code.group(1), Decision.APPROVE, false, List.of(true))
                : dice < 55
                        ? new Choice(sign, code.group(1), Decision.DENY, false, List.of(false))
                        : dice < 85
                                ? new Choice(sign, code.group(1), Decision.APPROVE, true, List.of(true, true))
                                : new Choice(sign, code.group(1), Decision.EITHER, true, List.of(true, false));
        journal.add(new Entry.Decided(Instant.now(), conversation, sign, choice.decision()));
        return choice;
    }

    /** Says it, until it is taken. */
    void carryOut(Choice choice) {
        if (!choice.overApi()) {
            boolean approve = choice.answers().getFirst();
            chat.hand(
                    0,
                    "decision-on-" + choice.sign(),
                    Saying.plain(
                            (approve ? "/approve " : "/deny ") + choice.code(), approve ? choice.sign() : "Denied: "));
            return;
        }
        List<Thread> sayers = new ArrayList<>();
        for (int i = 0; i < choice.answers().size(); i++) {
            int which = i;
            sayers.add(Thread.ofVirtual()
                    .start(() -> say(choice, gateway + which, choice.answers().get(which))));
        }
        try {
            for (Thread sayer : sayers) sayer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(Choice choice, int first, boolean approve) {
        Instant end = Instant.now().plus(SAID);
        Deciding last = Deciding.UNSURE;
        for (int gateway = first; last == Deciding.UNSURE && Instant.now().isBefore(end); gateway++) {
            last = client.decide(gateway, choice.code(), approve);
            if (last == Deciding.UNSURE) Pause.briefly();
        }
        if (last == Deciding.UNSURE || last == Deciding.REFUSED)
            journal.add(new Entry.Refused(
                    Instant.now(), conversation, 0, "decision-on-" + choice.sign(), "the API: " + last));
    }
}
