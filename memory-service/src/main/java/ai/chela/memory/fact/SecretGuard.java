package ai.chela.memory.fact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises credentials, which are never remembered. Three signs: the known form of a key, a label followed by a value
 * ("password is ..."), and a long word that looks random. It rather refuses once too often than keeps a password.
 */
public final class SecretGuard {
    /** Forms that issuers document for their own keys. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY"),
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{20,}"),
            Pattern.compile("\\bgithub_pat_[A-Za-z0-9_]{20,}"),
            Pattern.compile("\\bglpat-[A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\b[sr]k[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{30,}"),
            Pattern.compile("\\bnpm_[A-Za-z0-9]{30,}"),
            Pattern.compile("\\bhf_[A-Za-z0-9]{20,}"),
            Pattern.compile("\\bSG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
            Pattern.compile("\\b[a-z][a-z0-9+.-]*://[^\\s:/@]+:[^\\s:/@]+@"),
            Pattern.compile("(?i)\\bbearer\\s+[A-Za-z0-9._~+/-]{16,}"));

    private static final Pattern PASSWORD = Pattern.compile(
            "(?i)\\b(?:password|passwd|passphrase|passcode|pwd)\\b(?:\\s+(?:for|of|to|on|in)\\s+[^.\\n:=]{1,60}?)?"
                    + "\\s*(?:\\bis\\b|\\bwas\\b|[:=：])\\s*(?<value>[^\\n]+)");
    private static final Pattern PASSWORD_ZH = Pattern.compile("(?:密码|口令|密钥|令牌)\\s*(?:是|为|[:=：])\\s*(?<value>[^\\n]+)");
    private static final Pattern LABELLED_KEY = Pattern.compile(
            "(?i)(?:\\b(?:api[ _-]?key|secret(?:[ _-]?(?:key|token))?|access[ _-]?(?:key|token)|auth[ _-]?token|"
                    + "private[ _-]?key|client[ _-]?secret|token|pin)\\b|密钥|令牌|凭据)[^.\\n]{0,60}?"
                    + "(?:\\bis\\b|[:=：]|是|为)\\s*[\"'`]?(?<value>[^\\s\"'`，。]+)");

    /** How a sentence goes on that says where a password is kept or what it must be like, instead of the password. */
    private static final Pattern ABOUT_PASSWORDS = Pattern.compile(
            "(?i)(?:in|stored|kept|managed|rotated|changed|required|not|never|at|on|under|with|by|only|always|generated|"
                    + "shared|reset|expired|too|long|optional|needed|the same)\\b.*");

    private static final Pattern ABOUT_PASSWORDS_ZH = Pattern.compile("(?:存|放|在|由|每|不|要|需|保存|记录|至少|必须|统一|定期|找).*");

    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/_=-]{20,}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Bits per character above which a long word of mixed characters is not a name: English words have about 3. */
    private static final double RANDOM_BITS = 3.6;

    private SecretGuard() {}

    /** Whether the text seems to hold a credential. */
    public static boolean refuses(String text) {
        for (Pattern form : FORMS) if (form.matcher(text).find()) return true;
        return tellsPassword(text, PASSWORD, ABOUT_PASSWORDS)
                || tellsPassword(text, PASSWORD_ZH, ABOUT_PASSWORDS_ZH)
                || labelsKey(text)
                || holdsRandomWord(text);
    }

    private static boolean tellsPassword(String text, Pattern pattern, Pattern harmless) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find())
            if (!harmless.matcher(matcher.group("value").strip()).matches()) return true;
        return false;
    }

    private static boolean labelsKey(String text) {
        Matcher matcher = LABELLED_KEY.matcher(text);
        while (matcher.find()) {
            String value = matcher.group("value");
            boolean pin = matcher.group().toLowerCase(Locale.ROOT).startsWith("pin");
            if (pin && value.matches("\\d{4,8}[.!]?")) return true;
            if (value.length() >= 8 && kinds(value) >= 2 && value.matches(".*\\d.*") && !value.matches("[\\d.,%]+"))
                return true;
        }
        return false;
    }

    private static boolean holdsRandomWord(String text) {
        Matcher matcher = LONG_WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            if (!UUID.matcher(word).matches() && !isPath(word) && kinds(word) == 3 && bits(word) > RANDOM_BITS)
                return true;
        }
        return false;
    }

    private static boolean isPath(String word) {
        return word.chars().filter(c -> c == '/').count() > 1
                || word.chars().filter(c -> c == '-' || c == '_').count() > word.length() / 8;
    }

    /** How many of lower case, upper case and digits it has. */
    private static int kinds(String word) {
        int kinds = 0;
        if (word.chars().anyMatch(Character::isLowerCase)) kinds++;
        if (word.chars().anyMatch(Character::isUpperCase)) kinds++;
        if (word.chars().anyMatch(Character::isDigit)) kinds++;
        return kinds;
    }

    /** Shannon entropy in bits per character. */
    private static double bits(String word) {
        int[] counts = new int[128];
        word.chars().forEach(c -> counts[c]++);
        double bits = 0;
        for (int count : counts) {
            if (count == 0) continue;
            double share = (double) count / word.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
