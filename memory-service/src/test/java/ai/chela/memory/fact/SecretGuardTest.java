package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretGuardTest {
    // the known forms are put together here, so that no scanner takes this file for a leak
    private static final String TAIL = "A1b2C3d4E5f6G7h8I9j0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the wifi password is swordfish",
                "password: hunter2",
                "my password for the wiki is correct horse battery staple",
                "the db passwd=Tr0ub4dor",
                "WIFI密码是12345678",
                "数据库密码：abc123",
                "管理员口令为 hello2024",
                "the API key of the mail service is 8f3b2c1d9e7a",
                "access token: abcd1234efgh",
                "the door pin is 4711",
                "use postgres://app:s3cret@db-17/app",
                "-----BEGIN OPENSSH PRIVATE KEY----- abc",
                "send it with Bearer abcdefghijklmnop.qrstuv",
                "it is q8Zr2LmX7vTnB4kYw9PdH3sC"
            })
    void a_credential_is_recognised(String text) {
        assertTrue(SecretGuard.refuses(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ghp_", "github_pat_", "glpat-", "xoxb-", "sk-", "sk-ant-", "sk_live_", "npm_0123456789", "hf_"})
    void the_known_forms_of_keys_are_recognised(String prefix) {
        assertTrue(SecretGuard.refuses("keep " + prefix + TAIL + TAIL), prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the staging database is db-17",
                "the password is stored in the vault",
                "the password policy asks for 16 characters",
                "passwords are rotated every 90 days",
                "密码存放在保险库里",
                "密码由运维统一管理",
                "生产发布窗口是周四晚上十点",
                "the token budget is 4,000",
                "the release is commit 3f786850e387550fdab836ed7e6dc881de23001b",
                "the ticket is 123e4567-e89b-12d3-a456-426614174000",
                "the runbook is at https://wiki.example.com/ops/RunBooks/Staging-2026/restart-database",
                "our Kubernetes cluster is called prod-eu-west-1-blue",
                "the key account is Example Ltd",
                "call the supplier at +49 30 1234567890",
                "the class is AbstractSingletonProxyFactoryBean"
            })
    void an_ordinary_sentence_is_not_refused(String text) {
        assertFalse(SecretGuard.refuses(text), text);
    }
}
