// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SemanticVersionTest {

    private static final List<String> RISING = List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "v1.0.1",
            "1.2",
            "1.10.0",
            "2.0.0-rc.1",
            "2");

    @Property(tries = 50)
    void versionsAreSortedByPrecedence(@ForAll Random random) {
        List<String> shuffled = new ArrayList<>(RISING);
        Collections.shuffle(shuffled, random);

        assertThat(shuffled.stream()
                        .flatMap(tag -> SemanticVersion.parse(tag).stream())
                        .sorted()
                        .map(SemanticVersion::tag))
                .containsExactlyElementsOf(RISING);
    }

    @Test
    void aReleaseIsTakenBeforeAHigherPreRelease() {
        assertThat(SemanticVersion.highest(List.of("1.9.0", "1.10.0", "2.0.0-rc.1", "latest")))
                .contains("1.10.0");
        assertThat(SemanticVersion.highest(List.of("2.0.0-rc.1", "2.0.0-rc.2", "dev")))
                .contains("2.0.0-rc.2");
    }

    @Test
    void tagsThatAreNoVersionsDoNotCount() {
        assertThat(SemanticVersion.highest(List.of("latest", "main", "1.x", "01.2.3")))
                .isEmpty();
    }

    @Test
    void theBuildIsWrittenWithAnUnderscore() {
        assertThat(SemanticVersion.highest(List.of("1.0.0", "1.0.1_build.5"))).contains("1.0.1_build.5");
    }
}
