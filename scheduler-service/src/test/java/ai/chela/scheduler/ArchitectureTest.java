package ai.chela.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "ai.chela", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule features_do_not_see_the_edges = noClasses()
            .that()
            .resideInAnyPackage("ai.chela.scheduler.trigger", "ai.chela.scheduler.due", "ai.chela.scheduler.watch")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.chela.scheduler.kafka", "ai.chela.scheduler.db");

    @ArchTest
    static final ArchRule no_other_service_is_seen = noClasses()
            .that()
            .resideInAPackage("ai.chela.scheduler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.chela.gateway..", "ai.chela.agent..", "ai.chela.memory..", "ai.chela.toolrunner..");
}
