package ai.chela.agent.planner.grammar;

import java.util.List;

/** A message and its tokens. Positions are token indices; {@code size()} is the position after the last. */
public record Utterance(String source, List<Token> tokens) {
    public static Utterance of(String source) {
        return new Utterance(source, Tokenizer.tokens(source));
    }

    public int size() {
        return tokens.size();
    }

    public Token at(int position) {
        return tokens.get(position);
    }

    /** Whether the token at {@code position} exists and is {@code text}. */
    public boolean is(int position, String text) {
        return position >= 0 && position < tokens.size() && tokens.get(position).is(text);
    }

    /** Whether the token at {@code position} exists and follows its predecessor without space. */
    public boolean glued(int position) {
        return position > 0 && position < tokens.size() && tokens.get(position).glued();
    }

    /** The position after {@code words} if they stand at {@code position}, else -1. */
    public int after(int position, String... words) {
        int at = position;
        for (String word : words) if (!is(at++, word)) return -1;
        return position < 0 ? -1 : at;
    }

    /** The position after the Chinese text {@code characters} if it stands at {@code position}, else -1. */
    public int afterHan(int position, String characters) {
        if (position < 0 || position + characters.length() > tokens.size()) return -1;
        for (int i = 0; i < characters.length(); i++) {
            String text = tokens.get(position + i).text();
            if (text.length() != 1 || text.charAt(0) != characters.charAt(i)) return -1;
        }
        return position + characters.length();
    }

    /** The source from one position to another, exactly as written, without the space around it. */
    public String verbatim(int from, int to) {
        if (from >= to) return "";
        return source.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    }
}
