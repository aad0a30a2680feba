package ai.chela.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers that the README of each folder promises. */
@AnalyzeClasses(packages = "ai.chela.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule services_do_not_see_each_other = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.chela.gateway..", "ai.chela.memory..", "ai.chela.scheduler..", "ai.chela.toolrunner..");

    @ArchTest
    static final ArchRule features_do_not_see_the_kafka_edge = noClasses()
            .that()
            .resideOutsideOfPackage("ai.chela.agent.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.chela.agent.kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule deciding_code_sees_no_database_and_no_framework = noClasses()
            .that()
            .resideInAnyPackage(
                    "ai.chela.agent.planner..",
                    "ai.chela.agent.policy..",
                    "ai.chela.agent.prompt..",
                    "ai.chela.agent.reply..")
            .or()
            .haveSimpleName("Engine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "io.vertx..", "io.quarkus..", "io.smallrye..", "jakarta..");
}
