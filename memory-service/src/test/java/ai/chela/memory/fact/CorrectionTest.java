package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the staging database is db-17             | db-18                           | the staging database is db-18
            the staging database is db-17.            | db-18                           | the staging database is db-18.
            the staging database is db-17             | it is db-18                     | the staging database is db-18
            the staging database is db-17             | no, it's db-18.                 | the staging database is db-18
            staging: db-17                            | db-18                           | staging: db-18
            STAGING_DB = db-17                        | db-18                           | STAGING_DB = db-18
            the release is on Friday                  | Monday                          | the release is on Monday
            the stand-up is at 9:30                   | 10:00                           | the stand-up is at 10:00
            the stand-up is at 9:30                   | tomorrow                        | the stand-up is tomorrow
            staging uses db-17                        | db-18                           | staging uses db-18
            our office is in Berlin                   | Hamburg                         | our office is in Hamburg
            生产发布窗口是周四晚上十点                | 周五晚上十点                    | 生产发布窗口是周五晚上十点
            生产发布窗口是周四晚上十点                | 是周五晚上十点                  | 生产发布窗口是周五晚上十点
            测试环境的数据库是 db-31                  | db-32                           | 测试环境的数据库是 db-32
            发布窗口：周四                            | 周五                            | 发布窗口：周五
            预发数据库为db-17。                       | db-18                           | 预发数据库为db-18。
            周会定在周三                              | 周四                            | 周会定在周四
            """)
    void the_value_is_replaced_where_its_place_is_clear(String old, String value, String expected) {
        assertEquals(expected, Correction.apply(old, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the staging database is db-17 | the staging database is db-18 from May on | the staging database is db-18 from May on
            we back up staging at night   | the staging backup is at noon             | the staging backup is at noon
            生产发布窗口是周四晚上十点    | 发布窗口是周五                            | 发布窗口是周五
            """)
    void a_sentence_about_the_same_thing_takes_its_place(String old, String value, String expected) {
        assertEquals(expected, Correction.apply(old, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            staging talks to db-17                    | db-18                           | staging talks to db-18
            预发环境连到 db-17                        | db-18                           | 预发环境连到 db-18
            """)
    void the_one_word_that_is_built_like_the_value_is_replaced(String old, String value, String expected) {
        assertEquals(expected, Correction.apply(old, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            staging is db-17 and production is db-3   | db-18                           | staging is db-17 and production is db-3 (corrected: db-18)
            the tiers are gold, silver and bronze     | platinum                        | the tiers are gold, silver and bronze (corrected: platinum)
            we moved from db-17 to db-18              | db-19                           | we moved from db-17 to db-18 (corrected: db-19)
            Bo waters the plants                      | Ann                             | Bo waters the plants (corrected: Ann)
            the staging database is db-17             | prod is db-3                    | the staging database is db-17 (corrected: prod is db-3)
            小王浇花                                  | 小李                            | 小王浇花（更正：小李）
            测试库是db-1，生产库是db-2                | db-3                            | 测试库是db-1，生产库是db-2（更正：db-3）
            但是我们不在周五发布                      | 周四                            | 但是我们不在周五发布（更正：周四）
            """)
    void nothing_is_guessed_where_no_place_is_clear(String old, String value, String expected) {
        assertEquals(expected, Correction.apply(old, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Bo waters the plants (corrected: Ann)     | Eve                             | Bo waters the plants (corrected: Eve)
            小王浇花（更正：小李）                    | 小张                            | 小王浇花（更正：小张）
            """)
    void a_second_correction_replaces_the_first(String old, String value, String expected) {
        assertEquals(expected, Correction.apply(old, value));
    }
}
