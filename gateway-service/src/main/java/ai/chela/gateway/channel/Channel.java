package ai.chela.gateway.channel;

/**
 * A chat platform. An adapter turns what the platform tells into {@link Inbound#take} and what waits in {@link Outbound}
 * into calls of the platform; it decides nothing about people or conversations.
 */
public interface Channel {
    /**
     * What a platform can do.
     *
     * @param maxCharacters of one message; longer ones are split
     * @param edits whether a message can be changed after it was sent
     * @param buttons whether a message can carry choices
     * @param threads whether a conversation has threads of its own
     * @param files whether files can be sent
     * @param streaming whether an answer can be shown while it is written
     */
    record Capabilities(
            int maxCharacters, boolean edits, boolean buttons, boolean threads, boolean files, boolean streaming) {}

    /** As in ids and configuration, e.g. {@code xmpp}. */
    String name();

    Capabilities capabilities();

    /** {@code up}, {@code off}, or what keeps it from being up. */
    String state();

    /** What is wrong with its configuration; empty when nothing is. */
    java.util.List<String> problems();
}
