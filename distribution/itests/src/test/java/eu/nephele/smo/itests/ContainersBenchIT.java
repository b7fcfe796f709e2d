// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.containers.ContainersCommand;
import eu.nephele.smo.lab.harness.containers.ContainersOptions;
import eu.nephele.smo.lab.harness.containers.ContainersRun;
import eu.nephele.smo.lab.harness.engine.EngineResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** What {@code ./smo bench containers} does, with few servers. Not the figures are tested here but that nothing is lost, and nothing too many. */
@Timeout(600)
class ContainersBenchIT {

    private static final int ACTIONS = 120;

    /** Two probes, one second apart, and what the engine takes. */
    private static final double MOST_SECONDS_UNTIL_SERVED = 10;

    @Test
    void stepsByHandOfSeveralClientsAtOnceAreNeitherLostNorDoubled() throws Exception {
        EngineResult result = new ContainersRun(options(), Distribution.freshFolder("containers"), System.out).run();

        JsonNode figures = result.figures();
        assertThat(result.isGood()).as(result.table()).isTrue();
        assertThat(figures.at("/actions/lost").asInt(-1)).isZero();
        assertThat(figures.at("/actions/extra").asInt(-1)).isZero();
        assertThat(figures.at("/actions/acknowledged").asInt()
                        + figures.at("/actions/refusedAtLimit").asInt())
                .isEqualTo(ACTIONS);
        assertThat(figures.at("/actions/acknowledged").asInt()).isPositive();
        assertThat(figures.at("/first/healthySeconds").asDouble(Double.MAX_VALUE))
                .as(result.table())
                .isLessThan(MOST_SECONDS_UNTIL_SERVED);
        assertThat(figures.at("/probes/perSecond").asDouble()).isPositive();
    }

    private static ContainersOptions options() {
        List<String> arguments = new ArrayList<>(List.of("--servers", "4", "--services", "4"));
        arguments.addAll(List.of("--replicas-per-server", "4", "--actions", Integer.toString(ACTIONS)));
        arguments.addAll(List.of("--check-seconds", "3", "--probe-seconds", "12"));
        arguments.add("--");
        arguments.addAll(Distribution.serverCommand());
        return CommandLine.populateCommand(new ContainersCommand(), arguments.toArray(String[]::new))
                .options();
    }
}
