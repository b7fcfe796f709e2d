// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ActualState;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ServiceChange;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A graph of {@code a} and {@code b}; {@code old} and {@code worn} are not in it any more. */
class DeploymentDiffTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final List<Share> HERE = List.of(new Share(new ClusterId("sim", "c1"), 1));
    private static final List<Share> THERE = List.of(new Share(new ClusterId("sim", "c2"), 1));

    private EmbeddedCore core;
    private Graph graph;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 1L << 30, 1L << 30, 0))),
                "difference-" + UUID.randomUUID());
        graph = core.graph("p", Hdag.of("g", "a", "b"));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void whatGoesIsLastWhereOldAndNewRunSideBySide() {
        assertThat(difference(Set.of("a"), Set.of("old", "worn"), false).changes())
                .extracting(ServiceChange::action, ServiceChange::service)
                .containsExactly(
                        tuple(Action.MOVE, "a"),
                        tuple(Action.INSTALL, "b"),
                        tuple(Action.REMOVE, "old"),
                        tuple(Action.REMOVE, "worn"));
    }

    @Test
    void whatGoesIsFirstWhereOldPlacesHaveToBeEmpty() {
        assertThat(difference(Set.of("a"), Set.of("old"), true).changes())
                .extracting(ServiceChange::action, ServiceChange::service)
                .containsExactly(tuple(Action.REMOVE, "old"), tuple(Action.MOVE, "a"), tuple(Action.INSTALL, "b"));
    }

    @Test
    void whatIsReplacedGoesAndIsReportedAsWhatComesInItsPlace() {
        DeploymentDiff deploymentDiff = difference(Set.of("a"), Set.of("b", "old"), false);
        assertThat(deploymentDiff.removals()).extracting(ServiceChange::service).containsExactly("b", "old");
        assertThat(deploymentDiff.removals())
                .extracting(deploymentDiff::isReplaced)
                .containsExactly(true, false);
        assertThat(deploymentDiff.removals()).extracting(ServiceChange::from).containsOnly(HERE);
        assertThat(deploymentDiff.changes())
                .extracting(ServiceChange::action, ServiceChange::service)
                .containsExactly(tuple(Action.MOVE, "a"), tuple(Action.INSTALL, "b"), tuple(Action.REMOVE, "old"));
    }

    /** All is to be at another place. */
    private DeploymentDiff difference(Set<String> there, Set<String> leftovers, boolean breakFirst) {
        ActualState is = new ActualState() {

            @Override
            public boolean has(String service) {
                return there.contains(service);
            }

            @Override
            public List<Share> places(String service) {
                return HERE;
            }

            @Override
            public boolean isUpToDate(String service, DeployedGraph after) {
                return true;
            }

            @Override
            public Set<String> leftovers() {
                return new TreeSet<>(leftovers);
            }
        };
        Placement placement = new Placement(Map.of("a", THERE, "b", THERE));
        return new DeploymentDiff(desired(), is, new DeployedGraph(graph, placement, Map.of()), breakFirst);
    }

    private static Desired desired() {
        return new Desired(
                G,
                1,
                1,
                DesiredState.RUNNING,
                new Declaration(JsonObject.EMPTY, List.of("a", "b"), StrategyOverride.NONE, 1, List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(Instant.parse("2026-06-01T12:00:00Z")));
    }
}
