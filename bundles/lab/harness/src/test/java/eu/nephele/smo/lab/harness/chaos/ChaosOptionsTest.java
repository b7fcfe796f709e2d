// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.lab.harness.chaos.ChaosOptions.Outer;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosOptionsTest {

    private static ChaosOptions options(String line) {
        return CommandLine.populateCommand(new ChaosCommand(), line.split(" ", -1))
                .options();
    }

    @Test
    void everyOptionIsRead() {
        assertThat(options("--kills 200 --seed 7 --world real --database postgresql --graphs 3 --clients 2 --filled"
                        + " --latency-millis 9 --data d --json --verbose -- java -jar x --json"))
                .isEqualTo(new ChaosOptions(
                        200,
                        7,
                        Outer.KARMADA,
                        DatabaseKind.POSTGRESQL,
                        false,
                        new Traffic(3, 2, true),
                        9,
                        true,
                        List.of("java", "-jar", "x", "--json")));
    }

    @Test
    void aRealWorldHasHalfAsManyGraphsAndClients() {
        assertThat(options("-- x").traffic()).isEqualTo(new Traffic(8, 4, false));
        assertThat(options("--world contexts -- x").traffic()).isEqualTo(new Traffic(4, 2, false));
    }

    @Test
    void containersAreAWorldWithoutStandby() {
        assertThat(options("--world containers -- x").world()).isEqualTo(Outer.CONTAINERS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--world containers --standby --database postgresql -- x"))
                .withMessageStartingWith("--standby needs --world simulated");
    }

    @Test
    void aStandbyNeedsADatabaseThatTwoServersCanOpen() {
        assertThat(options("--standby --database postgresql -- x").standby()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--standby -- x"))
                .withMessage("--standby needs --database postgresql: an embedded database has one server");
    }
}
