// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptors are as large as users like: the engine never has all of them in memory. */
class DescriptorCacheTest {

    private static final long GIB = 1L << 30;
    private final Set<String> refused = new HashSet<>(Set.of("list"));
    private EmbeddedCore core;

    @BeforeEach
    void begin() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(64_000, 64 * GIB, 1000 * GIB, 0))),
                "descriptors-" + UUID.randomUUID());
        core.memory = this::withoutLists;
        core.stopEngine();
        core.startEngine();
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void noPathReadsAllDescriptorsAtOnce() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", "ANY", "e=up == 5")
                        .yaml());
        core.deploy("p", Hdag.of("h", "b"));
        core.deploy("q", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(90));
        core.update("p", Hdag.of("h", "c"));
        core.remove(new GraphId("q", "g"));
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofSeconds(90));

        assertThat(core.graphs().names("p", CallContext.INTERNAL)).containsExactly("g", "h");
        assertThat(core.graphs().projects(CallContext.INTERNAL))
                .containsOnlyKeys("p")
                .containsEntry("p", 2L);
        assertThat(List.of(
                        core.view(new GraphId("p", "g")).phase(),
                        core.view(new GraphId("p", "h")).phase()))
                .containsExactly(GraphPhase.WAITING, GraphPhase.RUNNING);
        assertThat(core.world.snapshot().rules()).hasSize(1);
    }

    @Test
    void aPlanLooksOnlyAtTheGraphsThatHoldItsServices() {
        core.deploy("p", Hdag.of("h", "b"));
        refused.addAll(Set.of("summaries", "ids"));

        Plan plan = core.doors()
                .plans()
                .plan(DeployRequest.of(core.graph("p", Hdag.of("x", "b", "c"))), CallContext.INTERNAL);
        assertThat(plan.toString()).contains("Service b belongs to graph h already");
    }

    @Test
    void anAlertWithoutProjectLooksOnlyAtTheGraphsThatHoldItsService() {
        core.deploy("p", Hdag.graph("g").conditional("w", "ANY", "e=up == 5").yaml());
        core.deploy("p", Hdag.of("h", "b"));
        core.passUntil(() -> core.view(new GraphId("p", "g")).phase() == GraphPhase.WAITING, Duration.ofSeconds(30));
        refused.addAll(Set.of("summaries", "ids"));

        Map<String, String> labels = Map.of(AlertService.SERVICE_LABEL, "w", AlertService.EVENT_LABEL, "e");
        assertThat(core.doors()
                        .alerts()
                        .receive(
                                List.of(new AlertService.Alert("f", true, labels, Optional.empty())),
                                CallContext.INTERNAL))
                .extracting(AlertService.Result::outcome)
                .containsExactly(AlertService.Outcome.INSTALLED);
        refused.clear();
    }

    private EngineStores withoutLists(EngineStores engineStores) {
        return WatchedGraphs.in(engineStores, method -> {
            if (refused.contains(method)) {
                throw new AssertionError("all graphs at once: " + method);
            }
        });
    }
}
