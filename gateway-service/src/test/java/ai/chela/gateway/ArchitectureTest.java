package ai.chela.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("ai.chela");

    @Test
    void features_do_not_see_the_edges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..gateway.conversation..",
                        "..gateway.identity..",
                        "..gateway.approval..",
                        "..gateway.audit..",
                        "..gateway.view..",
                        "..gateway.openai..",
                        "..gateway.channel..",
                        "..gateway.ratelimit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..gateway.api..", "..gateway.kafka..")
                .check(CLASSES);
    }

    @Test
    void conversations_do_not_know_any_channel() {
        noClasses()
                .that()
                .resideInAnyPackage("..gateway.conversation..", "..gateway.identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..gateway.channel..", "..gateway.openai..")
                .check(CLASSES);
    }

    @Test
    void only_the_xmpp_adapter_sees_smack() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..gateway.channel.xmpp..")
                .and()
                .resideInAPackage("ai.chela..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jivesoftware..", "org.jxmpp..")
                .check(CLASSES);
    }

    @Test
    void other_services_are_not_seen() {
        noClasses()
                .that()
                .resideInAPackage("ai.chela.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.chela.agent..", "ai.chela.memory..", "ai.chela.scheduler..", "ai.chela.toolrunner..")
                .check(CLASSES);
    }
}
