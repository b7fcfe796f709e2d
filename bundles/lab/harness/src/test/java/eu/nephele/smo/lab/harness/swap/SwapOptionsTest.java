// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.harness.swap.SwapOptions.SwapMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapOptionsTest {

    @Test
    void optionsAreReadAndTheRestStartsTheServer() {
        assertThat(SwapOptions.parse(List.of("--seconds", "5", "--rate", "100", "--json", "--", "java", "-jar")))
                .isEqualTo(new SwapOptions(SwapMode.PAUSE, 5, 0, 100, Optional.empty(), true, List.of("java", "-jar")));
        assertThat(SwapOptions.parse(List.of("--leaks", "30", "--", "java")).mode())
                .isEqualTo(SwapMode.LEAKS);
        assertThat(SwapOptions.parse(List.of("--shadow", "--", "java")).mode()).isEqualTo(SwapMode.SHADOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seconds 5",
                "--seconds -- java",
                "--seconds x -- java",
                "--rate 0 -- java",
                "--x -- java",
                "--leaks 3 --shadow -- java"
            })
    void whatMakesNoSenseIsTold(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> SwapOptions.parse(List.of(line.split(" ", -1))));
    }
}
