package ai.chela.memory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "ai.chela.memory", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule features_do_not_see_the_edges = noClasses()
            .that()
            .resideInAnyPackage("..fact..", "..recall..", "..crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.chela.memory.kafka..", "ai.chela.memory.db..");

    @ArchTest
    static final ArchRule other_services_are_not_seen = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.chela.gateway..", "ai.chela.agent..", "ai.chela.scheduler..", "ai.chela.toolrunner..");

    @ArchTest
    static final ArchRule encryption_sees_no_database_and_no_framework = noClasses()
            .that()
            .resideInAPackage("..crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "org.hibernate..", "jakarta..");
}
