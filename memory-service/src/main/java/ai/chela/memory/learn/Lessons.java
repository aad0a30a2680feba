package ai.chela.memory.learn;

import ai.chela.memory.fact.SecretGuard;
import ai.chela.memory.fact.Sentence;
import ai.chela.memory.fact.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message teaches: whole sentences of a few forms that leave no doubt. Nothing is learned from long messages, from
 * quotations and pasted text, from questions, or from a message that holds something like a password.
 */
public final class Lessons {
    /** Who says more than that at once is telling a story, or has pasted something. */
    private static final int LONGEST = 300;

    private static final int MOST_SENTENCES = 3;

    static final Pattern PASTED =
            Pattern.compile("[`\"“”「」『』<>|{}]|\\bre:|\\bfwd?:|^\\s*[/／]", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE = Pattern.compile("[^.!?。！？\\n]+(?:\\.(?=\\S)[^.!?。！？\\n]+)*[.!?。！？]?");
    private static final Pattern DOUBT = Pattern.compile(
            "(?i)[?？]|\\b(?:if|maybe|perhaps|might|would|could|should|not|n't|never|isn't|suppose|imagine|pretend|example|joke|kidding)\\b"
                    + "|如果|要是|假如|也许|可能|大概|好像|不是|吗|呢|什么|谁|哪|几|多少|比如|例如|开玩笑|别");
    private static final Pattern GREETING = Pattern.compile(
            "(?i)^(?:(?:hi|hello|hey|ok|okay|well|by the way|btw|fyi|oh|and|so)(?:,? (?:there|chela))?[,!]? +|(?:你好|嗨|对了|顺便说一下|哦)[，,！!]? *)");

    private static final String NAME = "\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}'’.-]*){0,3}";
    private static final String NAME_ZH = "(?:[\\p{IsHan}]{1,4}(?:[·•][\\p{IsHan}]{1,6})?|" + NAME + ")";

    /** How the person wants things done. */
    private static final List<Pattern> PREFERENCES = List.of(
            Pattern.compile("(?:[Pp]lease |[Jj]ust |[Yy]ou can ){0,2}[Cc]all me (?:by )?" + NAME + "(?:,? please)?"),
            Pattern.compile(
                    "(?i)i (?:much |really |always )?prefer (?!to be\\b|that\\b|it\\b|this\\b)\\S+(?: \\S+){0,11}"),
            Pattern.compile("(?i)(?:please )?(?:always|from now on,?(?: please)?|in (?:the )?future,?(?: please)?)"
                    + " (?:answer|reply|respond|write|speak|talk|use|show|give|keep|be)\\b(?: \\S+){1,11}"),
            Pattern.compile("(?i)my (?:working|work|office) (?:hours|days) (?:are|is) \\S+(?: \\S+){0,9}"),
            Pattern.compile(
                    "(?i)i (?:usually |always )?work (?:from )?\\d{1,2}(?::\\d{2})? ?(?:am|pm)? ?(?:to|until|till|-|–) ?\\d{1,2}(?::\\d{2})? ?(?:am|pm)?"),
            Pattern.compile("(?:请|你可以|以后请|以后就?){0,2}(?:叫|称呼)我 ?" + NAME_ZH + " ?(?:就好|就行|吧|即可)?"),
            Pattern.compile("我(?:更喜欢|比较喜欢|偏好|更偏好|习惯用|倾向于)\\S.{0,40}"),
            Pattern.compile(
                    "(?:请)?(?:以后|今后|从现在起|往后|总是|一直)[，,]?(?:都|请|请都|都请)?(?:用|以|使用|按).{1,30}(?:回答|回复|说|写|显示|交流|沟通)(?:我)?"),
            Pattern.compile("我的(?:工作|上班|办公)时间(?:是|为|：).{1,30}"));

    /** Who the person is. */
    private static final List<Pattern> FACTS = List.of(
            Pattern.compile("[Mm]y (?:full |first |last )?name(?: is|'s|’s) " + NAME),
            Pattern.compile("(?:I am|I'm|I’m) called " + NAME),
            Pattern.compile(
                    "I (?:now )?(?:work|live|sit|am based) (?:in|at|for|with) (?:the )?(?:(?:\\p{Lu}|\\d)\\S*(?: (?:\\S+)){0,4}"
                            + "|(?:\\S+ ){1,3}(?:team|department|office|group|division))"),
            Pattern.compile("我的?(?:名字)?(?:叫|是叫|名叫) ?(?!你|您|他|她|它|了|过|人|不|外卖|车)" + NAME_ZH),
            Pattern.compile("我的名字(?:是|为) ?" + NAME_ZH),
            Pattern.compile("我(?:现在)?住在.{1,20}"),
            Pattern.compile("我(?:现在)?(?:在|就职于|任职于)(?!想|看|说|做|等|找|问|写|忙|开).{1,20}(?:工作|上班|任职|部|组|团队|公司)"));

    private static final Pattern OURS = Pattern.compile("(?i)^(?:our|my)\\s+.*|^我们的?.+|^我的.+");
    private static final Pattern FLEETING = Pattern.compile(
            "(?i)^(?:our|my|我们的?|我的)\\s*(?:question|problem|issue|point|guess|answer|idea|order|error|turn|bad|fault|result|score|总数|问题|答案|错误|结果|意思|想法).*");

    private Lessons() {}

    /** In the order in which they were said; mostly none. */
    static List<Lesson> of(String message, String speaker) {
        if (message.length() > LONGEST || PASTED.matcher(message).find() || SecretGuard.refuses(message))
            return List.of();
        List<String> sentences = sentences(message);
        if (sentences.size() > MOST_SENTENCES) return List.of();
        List<Lesson> lessons = new ArrayList<>();
        for (String sentence : sentences) {
            Lesson lesson = lesson(sentence, speaker);
            if (lesson != null) lessons.add(lesson);
        }
        return lessons;
    }

    /** Whether a sentence says how a person wants things done, in one of the forms that leave no doubt. */
    public static boolean isPreference(String sentence) {
        return sentence.length() <= LONGEST && isOne(PREFERENCES, bare(sentence.strip()));
    }

    /** In their order, without the space around them; none of them is empty. */
    static List<String> sentences(String message) {
        List<String> sentences = new ArrayList<>();
        Matcher matcher = SENTENCE.matcher(message);
        while (matcher.find())
            if (!matcher.group().isBlank()) sentences.add(matcher.group().strip());
        return sentences;
    }

    private static @Nullable Lesson lesson(String sentence, String speaker) {
        if (DOUBT.matcher(sentence).find()) return null;
        String said = GREETING.matcher(sentence).replaceFirst("").strip();
        String bare = bare(said);
        if (isOne(PREFERENCES, bare)) return new Lesson(said, true);
        if (isOne(FACTS, bare) || isOurs(bare, speaker)) return new Lesson(said, false);
        return null;
    }

    private static String bare(String sentence) {
        return sentence.replaceFirst("[.!。！]+$", "").strip();
    }

    private static boolean isOne(List<Pattern> forms, String sentence) {
        return forms.stream().anyMatch(form -> form.matcher(sentence).matches());
    }

    /** "Our X is Y", where Y has the form of a value: "our build is broken" passes, "our build server is ci-3" stays. */
    private static boolean isOurs(String sentence, String speaker) {
        if (!OURS.matcher(sentence).matches() || FLEETING.matcher(sentence).matches()) return false;
        Statement statement = Statement.of(sentence, speaker);
        if (statement == null) return false;
        int words = Sentence.chinese(sentence)
                ? statement.subject().length() / 3
                : statement.subject().toLowerCase(Locale.ROOT).split(" ").length;
        return words <= 5;
    }
}
