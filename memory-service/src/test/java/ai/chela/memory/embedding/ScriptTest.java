package ai.chela.memory.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "生产发布窗口是周四晚上十点",
                "VPN网关是vpn.example.com",
                "计费服务是用Kotlin写的",
                "prod 用 db-3",
                "请寄到 billing@example.com",
                "サーバーは東京にあります"
            })
    void what_has_chinese_in_it_is_read_as_chinese(String text) {
        assertEquals(Script.HAN, Script.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the staging database is db-17",
                "the conference room is called 山 and it is on the second floor",
                "Der Aufzug ist kaputt",
                "",
                "17",
                "😀"
            })
    void everything_else_is_not(String text) {
        assertEquals(Script.LATIN, Script.of(text));
    }
}
