package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Said;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.parser.ParseException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** Calculates. The grammar is EvalEx's, cut to arithmetic whose cost is bounded. */
public final class Calculation implements Tool {
    private static final int MOST_CHARACTERS = 300;
    /** The precision of the calculation: a longer number written out would end in digits that are wrong. */
    private static final int MOST_SHOWN = 50;

    private static final MathContext FRACTION = new MathContext(15);

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "calc.evaluate",
                "1",
                "Calculates an arithmetic expression: + - * / ^ % ( ), SQRT, ABS, ROUND, FLOOR, CEILING, MIN, MAX, SUM,"
                        + " AVERAGE, LOG, LOG10, FACT, SIN, COS, TAN, PI, E.",
                Schema.object().text("expression", MOST_CHARACTERS, "e.g. (17+4)*3"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        String asked = args.text("expression");
        try {
            EvaluationValue value = new Expression(Arithmetic.normalised(asked), Arithmetic.CONFIGURATION).evaluate();
            String result = value.isNumberValue() ? shown(value.getNumberValue()) : value.getStringValue();
            return new ToolResult.Ok(asked + " = " + result, Map.of("expression", asked, "result", result));
        } catch (ParseException wrong) {
            return refused(
                    context,
                    asked,
                    new Said(
                            " (at character " + wrong.getStartPosition() + ": " + wrong.getMessage() + ")",
                            "（第 " + wrong.getStartPosition() + " 个字符处：" + wrong.getMessage() + "）"));
        } catch (EvaluationException | ArithmeticException | UnboundedException impossible) {
            String reason = impossible.getMessage() == null ? "" : ": " + impossible.getMessage();
            return new ToolResult.Failed(
                    "calc.impossible",
                    context.say(
                            "\"" + asked + "\" has no result" + reason + ".", "“" + asked + "”没有结果" + reason + "。"));
        }
    }

    private static ToolResult refused(ToolContext context, String asked, Said where) {
        return Dates.refused(
                context,
                new Said(
                        "\"" + asked + "\" is no calculation that I understand" + where.en() + ".",
                        "“" + asked + "”不是我能理解的算式" + where.zh() + "。"));
    }

    private static String shown(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() > 0) plain = plain.round(FRACTION).stripTrailingZeros();
        boolean longer = plain.precision() - plain.scale() > MOST_SHOWN || plain.scale() > MOST_SHOWN;
        return longer ? plain.round(FRACTION).toString() : plain.toPlainString();
    }
}
