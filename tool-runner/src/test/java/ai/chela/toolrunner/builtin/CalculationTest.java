package ai.chela.toolrunner.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculationTest {

    @ParameterizedTest
    @CsvSource({
        "2+3*4,14",
        "(17+4)*3,63",
        "2^10,1024",
        "2**3,8",
        "2^3^2,512",
        "10/4,2.5",
        "1/3,0.333333333333333",
        "0.1+0.2,0.3",
        "7 % 3,1",
        "15% of 80,12",
        "200*15%,30",
        "12×3÷4,9",
        "（1＋2）×3,9",
        "sqrt(2),1.4142135623731",
        "FACT(20),2432902008176640000",
        "'round(2.345, 2)',2.35",
        "-5+3,-2",
        "100000*100000,10000000000",
        "2^150,1427247692705959881058285969449495136382746624",
        "2^200,1.60693804425899E+60"
    })
    void an_expression_has_its_result(String expression, String result) {
        assertEquals(expression + " = " + result, Calls.en(new Calculation(), Map.of("expression", expression)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/0", "sqrt(-1)", "fact(99999)", "10^1001", "9^9^9^9", "2^0.5^-99999", "1e99999999 % 7"})
    void what_has_no_result_or_no_end_fails_at_once(String expression) {
        ToolResult result = assertTimeout(
                Duration.ofSeconds(3),
                () -> Calls.in(Language.EN, new Calculation(), Map.of("expression", expression)));
        assertEquals(
                "calc.impossible",
                assertInstanceOf(ToolResult.Failed.class, result, result::text).code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FLOOR((10^999)*(10^999)*(10^999)*(10^999)*(10^999))%7",
                "SQRT((10^999)*(10^999)*(10^999)*(10^999))",
                "LOG(10^999)^(1/7)",
                "SIN(10^300)",
                "((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))"
            })
    void large_numbers_end_soon(String expression) {
        assertTimeout(
                Duration.ofSeconds(3),
                () -> Calls.in(Language.EN, new Calculation(), Map.of("expression", expression)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2+", "two plus two", ")(", "DT_NOW()", "RANDOM()", "STR_LENGTH(\"x\")", "a=1"})
    void what_is_no_arithmetic_is_not_run(String expression) {
        ToolResult result = Calls.in(Language.EN, new Calculation(), Map.of("expression", expression));
        assertTrue(!(result instanceof ToolResult.Ok), result.text());
        assertTrue(result.text().contains(expression), result.text());
    }

    @Test
    void an_empty_expression_is_refused_by_name() {
        assertEquals("calc.evaluate: \"expression\" is empty.", Calls.en(new Calculation(), Map.of("expression", " ")));
    }
}
