package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What XMPP can do, and how it is doing; {@link XmppFlow} does it. */
@ApplicationScoped
public class XmppChannel implements Channel {
    /** Far below what servers take for one stanza (256 KiB), and what a person reads at once. */
    private static final int MAX_CHARACTERS = 20_000;

    private volatile String state = "off";
    private volatile List<String> problems = List.of();

    @Override
    public String name() {
        return "xmpp";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(MAX_CHARACTERS, false, false, false, false, false);
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    void is(String now, List<String> wrong) {
        state = now;
        problems = List.copyOf(wrong);
    }
}
