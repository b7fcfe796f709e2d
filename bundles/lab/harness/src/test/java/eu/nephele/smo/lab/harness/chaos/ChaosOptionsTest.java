// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions.DatabaseKind;
import eu.nephele.smo.lab.harness.chaos.ChaosOptions.Outer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {

    @Test
    void everyOptionIsRead() {
        String line =
                "--kills 200 --seed 7 --world real --database postgresql --graphs 3 --clients 2 --filled --latency-millis 9 --data d"
                        + " --json --verbose -- java -jar x --json";
        assertThat(ChaosOptions.parse(List.of(line.split(" ", -1))))
                .isEqualTo(new ChaosOptions(
                        200,
                        7,
                        Outer.KARMADA,
                        DatabaseKind.POSTGRESQL,
                        false,
                        new Traffic(3, 2, true),
                        9,
                        Optional.of(Path.of("d")),
                        true,
                        true,
                        List.of("java", "-jar", "x", "--json")));
    }

    @Test
    void aStandbyNeedsADatabaseThatTwoServersCanOpen() {
        assertThat(ChaosOptions.parse(List.of("--standby", "--database", "postgresql", "--", "x"))
                        .standby())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChaosOptions.parse(List.of("--standby", "--", "x")))
                .withMessage("--standby needs --database postgresql: an embedded database has one server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--kills 2",
                "--kills 2 --",
                "--kills many -- x",
                "--kills -1 -- x",
                "--graphs 0 -- x",
                "--world flat -- x",
                "--database oracle -- x",
                "--standby -- x",
                "--standby --database h2 -- x",
                "--standby --database postgresql --world real -- x",
                "--colour red -- x",
                "--seed -- x"
            })
    void whatMakesNoSenseIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.parse(List.of(line.split(" ", -1))));
    }
}
