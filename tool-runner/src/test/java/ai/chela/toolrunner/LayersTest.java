package ai.chela.toolrunner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Edges see the features, never the reverse. */
@AnalyzeClasses(packages = "ai.chela.toolrunner", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule features_see_no_edge = noClasses()
            .that()
            .resideInAnyPackage("..tool..", "..builtin..", "..sandbox..", "..call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.chela.toolrunner.kafka..", "ai.chela.toolrunner.db..");

    @ArchTest
    static final ArchRule tools_and_sandbox_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage(
                    "ai.chela.toolrunner.tool..", "ai.chela.toolrunner.builtin..", "ai.chela.toolrunner.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.hibernate..");

    @ArchTest
    static final ArchRule the_sandbox_alone_starts_processes = noClasses()
            .that()
            .resideOutsideOfPackage("ai.chela.toolrunner.sandbox..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class)
            .because("nothing may run bare");
}
