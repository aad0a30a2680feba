package ai.chela.toolrunner.builtin;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.config.OperatorDictionaryIfc;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.AbstractFunction;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.FunctionParameter;
import com.ezylang.evalex.functions.basic.AbsFunction;
import com.ezylang.evalex.functions.basic.AverageFunction;
import com.ezylang.evalex.functions.basic.CeilingFunction;
import com.ezylang.evalex.functions.basic.FloorFunction;
import com.ezylang.evalex.functions.basic.Log10Function;
import com.ezylang.evalex.functions.basic.LogFunction;
import com.ezylang.evalex.functions.basic.MaxFunction;
import com.ezylang.evalex.functions.basic.MinFunction;
import com.ezylang.evalex.functions.basic.SqrtFunction;
import com.ezylang.evalex.functions.basic.SumFunction;
import com.ezylang.evalex.functions.trigonometric.CosFunction;
import com.ezylang.evalex.functions.trigonometric.SinFunction;
import com.ezylang.evalex.functions.trigonometric.TanFunction;
import com.ezylang.evalex.operators.InfixOperator;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.operators.arithmetic.InfixDivisionOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixModuloOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMultiplicationOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPlusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPowerOfOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixPlusOperator;
import com.ezylang.evalex.operators.booleans.InfixEqualsOperator;
import com.ezylang.evalex.operators.booleans.InfixGreaterOperator;
import com.ezylang.evalex.operators.booleans.InfixLessOperator;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The part of EvalEx that is used. A number like 1E999999999 costs nothing until something writes out its digits, so
 * every number written down and every result of a power is held below 10^1000.
 */
final class Arithmetic {
    private static final int MOST_DIGITS = 1000;
    private static final int MOST_FACTORIAL = 170;
    private static final int MOST_DECIMALS = 30;
    private static final Pattern LARGE_EXPONENT = Pattern.compile("[0-9.][eE][+-]?[0-9]{4,}");
    /** 15% but not 15 % 4, which is a remainder. */
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%(?=\\s*(?:[)*/+-]|$))");

    private static final Pattern PERCENT_OF = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%\\s*(?:of|的)\\s*");

    static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .mathContext(new MathContext(50, RoundingMode.HALF_EVEN))
            .arraysAllowed(false)
            .structuresAllowed(false)
            .functionDictionary(functions())
            .operatorDictionary(operators())
            .build();

    private Arithmetic() {}

    /**
     * What people type as EvalEx reads it: full-width forms, × and ÷, per cent.
     *
     * @throws UnboundedException when a number in it is too large
     */
    static String normalised(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('×', '*')
                .replace('÷', '/')
                .replace('−', '-')
                .replace('、', ',')
                .replace("**", "^");
        if (LARGE_EXPONENT.matcher(plain).find()) throw tooLarge();
        plain = PERCENT_OF.matcher(plain).replaceAll("($1/100)*");
        return PERCENT.matcher(plain).replaceAll("($1/100)");
    }

    private static FunctionDictionaryIfc functions() {
        return MapBasedFunctionDictionary.ofFunctions(
                function("ABS", new AbsFunction()),
                function("AVERAGE", new AverageFunction()),
                function("CEILING", new CeilingFunction()),
                function("COS", new CosFunction()),
                function("FACT", new BoundedFactorial()),
                function("FLOOR", new FloorFunction()),
                function("LOG", new LogFunction()),
                function("LOG10", new Log10Function()),
                function("MAX", new MaxFunction()),
                function("MIN", new MinFunction()),
                function("ROUND", new BoundedRound()),
                function("SIN", new SinFunction()),
                function("SQRT", new SqrtFunction()),
                function("SUM", new SumFunction()),
                function("TAN", new TanFunction()));
    }

    private static OperatorDictionaryIfc operators() {
        return MapBasedOperatorDictionary.ofOperators(
                operator("+", new PrefixPlusOperator()),
                operator("-", new PrefixMinusOperator()),
                operator("+", new InfixPlusOperator()),
                operator("-", new InfixMinusOperator()),
                operator("*", new InfixMultiplicationOperator()),
                operator("/", new InfixDivisionOperator()),
                operator("%", new InfixModuloOperator()),
                operator("^", new BoundedPower()),
                operator("=", new InfixEqualsOperator()),
                operator("<", new InfixLessOperator()),
                operator(">", new InfixGreaterOperator()));
    }

    private static Map.Entry<String, FunctionIfc> function(String name, FunctionIfc function) {
        return Map.entry(name, function);
    }

    private static Map.Entry<String, OperatorIfc> operator(String name, OperatorIfc operator) {
        return Map.entry(name, operator);
    }

    private static UnboundedException tooLarge() {
        return new UnboundedException("a number has more than " + MOST_DIGITS + " digits");
    }

    /** A power below 10^1000, found out from its logarithm before it is calculated. */
    @InfixOperator(precedence = OperatorIfc.OPERATOR_PRECEDENCE_POWER, leftAssociative = false)
    private static final class BoundedPower extends InfixPowerOfOperator {
        @Override
        public EvaluationValue evaluate(Expression expression, Token operator, EvaluationValue... operands)
                throws EvaluationException {
            BigDecimal base = operands[0].getNumberValue();
            BigDecimal exponent = operands[1].getNumberValue();
            if (base != null && exponent != null && base.signum() != 0) {
                double digits = Math.abs(
                        (base.precision() - base.scale() + Math.log10(leading(base))) * exponent.doubleValue());
                if (!(digits < MOST_DIGITS)) throw tooLarge();
            }
            return super.evaluate(expression, operator, operands);
        }

        /** The number without its power of ten: from 0.1 to 1. */
        private static double leading(BigDecimal number) {
            return new BigDecimal(number.unscaledValue().abs(), number.precision()).doubleValue();
        }
    }

    @FunctionParameter(name = "base")
    private static final class BoundedFactorial extends AbstractFunction {
        @Override
        public EvaluationValue evaluate(Expression expression, Token function, EvaluationValue... parameters)
                throws EvaluationException {
            BigDecimal number = parameters[0].getNumberValue();
            if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(MOST_FACTORIAL)) > 0)
                throw new EvaluationException(function, "FACT takes 0 to " + MOST_FACTORIAL);
            BigDecimal product = BigDecimal.ONE;
            for (int i = 2; i <= number.intValue(); i++) product = product.multiply(BigDecimal.valueOf(i));
            return expression.convertValue(product);
        }
    }

    @FunctionParameter(name = "value")
    @FunctionParameter(name = "scale")
    private static final class BoundedRound extends AbstractFunction {
        @Override
        public EvaluationValue evaluate(Expression expression, Token function, EvaluationValue... parameters)
                throws EvaluationException {
            BigDecimal scale = parameters[1].getNumberValue();
            if (scale.signum() < 0 || scale.compareTo(BigDecimal.valueOf(MOST_DECIMALS)) > 0)
                throw new EvaluationException(function, "ROUND takes 0 to " + MOST_DECIMALS + " decimals");
            return expression.convertValue(
                    parameters[0].getNumberValue().setScale(scale.intValue(), RoundingMode.HALF_UP));
        }
    }
}
