// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {

    @Test
    void whatIsNotGivenIsAThousandGraphsOnTheEmbeddedDatabase() {
        EngineOptions options = EngineOptions.parse(List.of("--json", "--", "java", "-jar", "x.jar"));
        assertThat(options.graphs()).isEqualTo(1000);
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
}
