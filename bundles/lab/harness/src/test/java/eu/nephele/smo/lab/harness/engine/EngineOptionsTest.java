// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineOptionsTest {

    private static EngineOptions options(String... arguments) {
        return CommandLine.populateCommand(new EngineCommand(), arguments).options();
    }

    @Test
    void whatIsNotGivenIsAThousandGraphsOnTheEmbeddedDatabase() {
        EngineOptions options = options("--json", "--", "java", "-jar", "x.jar");
        assertThat(options.fleet().graphs()).isEqualTo(1000);
        assertThat(options.database()).isEqualTo(DatabaseKind.H2);
        assertThat(options.growth()).isEmpty();
        assertThat(options.server()).containsExactly("java", "-jar", "x.jar");
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--graphs", "9", "--", "java"))
                .withMessageContaining("10 or more");
    }

    @Test
    void growthIsSeveralNumbersOfGraphsOneAfterTheOther() {
        EngineOptions options = options("--growth", "100,300", "--clusters", "7", "--", "java");
        assertThat(options.growth()).containsExactly(100, 300);
        assertThat(options.withGraphs(300).fleet().graphs()).isEqualTo(300);
        assertThat(options.withGraphs(300).fleet().clusters()).isEqualTo(7);
        assertThat(options.withGraphs(300).growth()).isEmpty();
    }

    @Test
    void tenDeliveriesOfEachGraphWaitAndNoMoreThanAHundredThousandUnlessANumberIsGiven() {
        EngineOptions options = options("--graphs", "200", "--", "java");
        assertThat(options.deliveries()).isEqualTo(2_000);
        assertThat(options.withGraphs(50_000).deliveries()).isEqualTo(100_000);
        EngineOptions given = options("--deliveries", "150000", "--", "java");
        assertThat(given.withGraphs(10).deliveries()).isEqualTo(150_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--deliveries", "0", "--", "java"))
                .withMessageContaining("deliveries are 1 or more");
    }

    @Test
    void phasesAreAllUnlessSomeAreNamedAndTheDeploymentIsAlwaysAmongThem() {
        assertThat(options("--", "java").phases()).containsExactlyInAnyOrderElementsOf(BenchPhases.names());
        assertThat(options("--phases", "get,wave", "--database", "postgresql", "--", "java")
                        .phases())
                .containsExactlyInAnyOrder("deploy", "get", "wave");
    }

    @Test
    void aPhaseThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--phases", "get,tea", "--", "java"))
                .withMessageContaining("tea")
                .withMessageContaining("deploy, steady");
    }
}
