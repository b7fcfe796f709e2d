// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.swap.SwapOptions.SwapMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SwapOptionsTest {

    private static SwapOptions options(String... arguments) {
        return CommandLine.populateCommand(new SwapCommand(), arguments).options();
    }

    @Test
    void optionsAreReadAndTheRestStartsTheServer() {
        assertThat(options("--seconds", "5", "--rate", "100", "--json", "--", "java", "-jar"))
                .isEqualTo(new SwapOptions(SwapMode.PAUSE, 5, 0, 100, List.of("java", "-jar")));
        assertThat(options("--leaks", "30", "--", "java"))
                .isEqualTo(new SwapOptions(SwapMode.LEAKS, 60, 30, 1200, List.of("java")));
        assertThat(options("--shadow", "--", "java").mode()).isEqualTo(SwapMode.SHADOW);
    }
}
