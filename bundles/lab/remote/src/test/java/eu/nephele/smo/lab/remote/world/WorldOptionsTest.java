// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorldOptionsTest {

    @Test
    void everyOptionIsRead() {
        String line = "--port 81 --scenario s.yaml --latency-millis 30 --seed 7 --time-factor 2.5 --with-parent";
        assertThat(WorldOptions.parse(List.of(line.split(" ", -1))))
                .isEqualTo(new WorldOptions(81, Optional.of(Path.of("s.yaml")), 30, 7, 2.5, true));
        assertThat(WorldOptions.parse(List.of())).isEqualTo(WorldOptions.DEFAULTS);
    }

    @Test
    void whatIsUnknownIsRefused() {
        for (String line : List.of("--colour red", "--port", "--port many")) {
            assertThatIllegalArgumentException().isThrownBy(() -> WorldOptions.parse(List.of(line.split(" ", -1))));
        }
    }
}
