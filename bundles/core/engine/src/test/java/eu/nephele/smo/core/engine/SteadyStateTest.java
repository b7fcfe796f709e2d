// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs that run as wanted: what looking at them costs the store. */
class SteadyStateTest {

    private static final long GIB = 1L << 30;
    private static final int GRAPHS = 6;
    private static final Duration WATCHED = Duration.ofMinutes(2);
    private static final int DRIFT_SECONDS = 15;

    private final Map<String, Integer> calls = new TreeMap<>();
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(64_000, 64 * GIB, 1000 * GIB, 0))),
                "steady-" + UUID.randomUUID());
        core.memory = this::counting;
        core.stopEngine();
        core.startEngine();
        for (int i = 0; i < GRAPHS; i++) {
            core.deploy("p", Hdag.of("g" + i, "a" + i, "b" + i));
        }
        core.passUntil(
                () -> core.graphs().list("p", CallContext.INTERNAL).stream()
                        .map(GraphView::phase)
                        .allMatch(GraphPhase.RUNNING::equals),
                Duration.ofMinutes(1));
        core.pass(Duration.ofMinutes(2));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aGraphThatRunsAsWantedIsSeldomReadForDriftAndNotAtAllForItsReplicas() {
        int decided = scalingDecisions();
        calls.clear();
        core.pass(WATCHED);

        int looks = GRAPHS * (int) (WATCHED.toSeconds() / DRIFT_SECONDS);
        assertThat(calls.getOrDefault("find", 0)).as("%s", calls).isBetween(1, looks / 5 + GRAPHS);
        assertThat(calls).doesNotContainKeys("observe", "commit", "update", "list");
        core.stopEngine(); // stores what is noted
        assertThat(scalingDecisions()).as("replicas were decided on").isGreaterThanOrEqualTo(decided + 3 * GRAPHS);
        core.startEngine();
    }

    private int scalingDecisions() {
        return IntStream.range(0, GRAPHS)
                .map(i -> core.decisions(new GraphId("p", "g" + i), DecisionKind.SCALING)
                        .size())
                .sum();
    }

    private EngineStores counting(EngineStores engineStores) {
        return WatchedGraphs.in(engineStores, method -> calls.merge(method, 1, Integer::sum));
    }
}
