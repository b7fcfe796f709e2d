// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.benchmarks.engine.EngineOptions;
import eu.nephele.smo.lab.benchmarks.engine.EngineResult;
import eu.nephele.smo.lab.benchmarks.engine.EngineRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ./smo bench engine} does, with few graphs. Not the figures are tested here but the counts, and that nothing is lost. */
@Timeout(300)
class EngineBenchIT {

    private static final int GRAPHS = 60;

    /** 100 on a quiet machine; a busy one looks at a graph more often until all of it runs. */
    private static final double MOST_STATEMENTS_OF_A_DEPLOYMENT = 200;

    private static final double MOST_STATEMENTS_OF_A_GET = 10;

    @Test
    void everyPhaseComesToItsEndAndAGraphCostsNoMoreThanItself() throws Exception {
        EngineResult result = new EngineRun(options(), Distribution.freshFolder("engine"), System.out).run();

        JsonNode figures = result.figures();
        assertThat(result.isGood()).as(result.table()).isTrue();
        assertThat(figures.path("lost").asInt(-1)).isZero();
        for (String phase : List.of("deploy", "remove")) {
            assertThat(figures.at("/%s/done".formatted(phase)).asInt())
                    .as(phase)
                    .isEqualTo(GRAPHS);
        }
        assertThat(figures.at("/deploy/statementsPerGraph").asDouble())
                .as(result.table())
                .isBetween(10.0, MOST_STATEMENTS_OF_A_DEPLOYMENT);
        assertThat(figures.at("/get/statementsPerCall").asDouble())
                .as(result.table())
                .isBetween(1.0, MOST_STATEMENTS_OF_A_GET);
        assertThat(figures.at("/loss/decisions").asInt()).as(result.table()).isPositive();
    }

    private static EngineOptions options() {
        return new EngineOptions(GRAPHS, 3, 6, 8, false, 3, Optional.empty(), false, Distribution.serverCommand());
    }
}
