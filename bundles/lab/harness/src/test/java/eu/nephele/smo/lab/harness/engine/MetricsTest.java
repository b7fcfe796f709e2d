// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = Metrics.of("""
            # HELP smo_engine_graphs graphs
            # TYPE smo_engine_graphs gauge
            smo_engine_graphs{phase="running"} 12.0
            smo_engine_graphs{phase="failed"} 1.0
            smo_engine_graphs_of_others 7.0
            smo_engine_services 1.2E2
            """);

    @Test
    void seriesOfANameAreAddedUp() {
        assertThat(metrics.sum("smo_engine_graphs")).isEqualTo(13);
        assertThat(metrics.sum("smo_engine_services")).isEqualTo(120);
        assertThat(metrics.sum("absent")).isZero();
    }

    @Test
    void aPhaseIsALabel() {
        assertThat(metrics.graphs("running")).isEqualTo(12);
    }
}
