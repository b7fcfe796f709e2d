// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {

    @Test
    void whatIsNotGivenIsAThousandGraphsOnTheEmbeddedDatabase() {
        EngineOptions options = EngineOptions.parse(List.of("--json", "--", "java", "-jar", "x.jar"));
        assertThat(options.fleet().graphs()).isEqualTo(1000);
        assertThat(options.postgresql()).isFalse();
        assertThat(options.json()).isTrue();
        assertThat(options.server()).containsExactly("java", "-jar", "x.jar");
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(List.of("--graphs", "9", "--", "java")))
                .withMessageContaining("10 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(List.of("--database", "oracle", "--", "java")))
                .withMessageContaining("h2 or postgresql");
    }

    @Test
    void growthIsSeveralNumbersOfGraphsOneAfterTheOther() {
        EngineOptions options = EngineOptions.parse(List.of("--growth", "100,300", "--clusters", "7", "--", "java"));
        assertThat(options.growth()).containsExactly(100, 300);
        assertThat(options.withGraphs(300).fleet().graphs()).isEqualTo(300);
        assertThat(options.withGraphs(300).fleet().clusters()).isEqualTo(7);
        assertThat(options.withGraphs(300).growth()).isEmpty();
        for (String wrong : List.of("100,", "100,many", "100,9")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EngineOptions.parse(List.of("--growth", wrong, "--", "java")));
        }
    }

    @Test
    void tenDeliveriesOfEachGraphWaitAndNoMoreThanAHundredThousandUnlessANumberIsGiven() {
        EngineOptions options = EngineOptions.parse(List.of("--graphs", "200", "--", "java"));
        assertThat(options.deliveries()).isEqualTo(2_000);
        assertThat(options.withGraphs(50_000).deliveries()).isEqualTo(100_000);
        EngineOptions given = EngineOptions.parse(List.of("--deliveries", "150000", "--", "java"));
        assertThat(given.withGraphs(10).deliveries()).isEqualTo(150_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(List.of("--deliveries", "0", "--", "java")))
                .withMessageContaining("deliveries are 1 or more");
    }

    @Test
    void phasesAreAllUnlessSomeAreNamedAndTheDeploymentIsAlwaysAmongThem() {
        assertThat(EngineOptions.parse(List.of("--", "java")).phases())
                .containsExactlyInAnyOrderElementsOf(BenchPhases.names());
        assertThat(EngineOptions.parse(List.of("--phases", "get,wave", "--", "java"))
                        .phases())
                .containsExactlyInAnyOrder("deploy", "get", "wave");
    }

    @Test
    void aPhaseThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineOptions.parse(List.of("--phases", "get,tea", "--", "java")))
                .withMessageContaining("tea")
                .withMessageContaining("deploy, steady");
    }
}
