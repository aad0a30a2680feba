package ai.chela.scheduler.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.scheduler.watch.Target.Flaw;
import ai.chela.scheduler.watch.Target.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.org, http://example.org/",
        "HTTPS://Example.ORG:8443/a?b=c#d, https://example.org:8443/a?b=c",
        "http://[::1]:9000/health, http://[::1]:9000/health",
        "https://例子.测试/健康, https://xn--fsqu00a.xn--0zwm56d/%E5%81%A5%E5%BA%B7",
        "http://my_host:81/, http://my_host:81/",
    })
    void a_url_is_read_as_what_is_asked(String url, String read) {
        assertEquals(read, fine(Target.parse(url)).text());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org/, SCHEME",
        "file:///etc/passwd, SCHEME",
        "example.org, SCHEME",
        "http://user:secret@example.org/, CREDENTIALS",
        "http://user@my_host/, CREDENTIALS",
        "http:///x, HOST",
        "http://exa mple.org/, UNREADABLE",
        "http://[fe80::1%25eth0]/, HOST",
        "http://example.org:0/, PORT",
        "http://example.org:70000/, PORT",
        "http://my_host:99999999999/, PORT",
    })
    void a_url_that_cannot_be_asked_says_why(String url, Flaw flaw) {
        assertEquals(new Parsed.Flawed(flaw), Target.parse(url));
    }

    @Test
    void a_redirect_may_be_relative() {
        Target from = fine(Target.parse("https://example.org/a/b?c"));
        assertEquals("https://example.org/a/d", fine(from.redirected("d")).text());
        assertEquals("http://other/", fine(from.redirected("http://other")).text());
        assertEquals(new Parsed.Flawed(Flaw.SCHEME), from.redirected("gopher://other/"));
    }

    private static Target fine(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Fine(var target) -> target;
            case Parsed.Flawed(var flaw) -> throw new AssertionError(flaw);
        };
    }
}
