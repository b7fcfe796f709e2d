// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that happens is published as events, in order, once: an outsider needs nothing else. */
class EventsTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;
    private long seen;
    private int requests;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "events-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void theLifeOfAGraphCanBeFollowed() {
        expect(
                ask(origin -> core.graphs()
                        .deploy(
                                DeployRequest.of(core.graph("p", yaml("a"))),
                                new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "placement.decision_made",
                "service.deployed a",
                "hdag.deployed");
        expect(
                ask(origin -> core.graphs()
                        .update(
                                DeployRequest.of(core.graph("p", yaml("a", "b"))),
                                new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "placement.decision_made",
                "service.deployed b",
                "hdag.updated");
        expect(
                ask(origin -> core.graphs().place(G, offload(), new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "placement.decision_made",
                "service.moved a",
                "hdag.placed");
        expect(
                ask(origin -> core.graphs()
                        .update(
                                DeployRequest.of(core.graph("p", yaml("a"))),
                                new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "placement.decision_made",
                "service.removed b",
                "hdag.updated");
        expect(
                ask(origin -> core.graphs().stop(G, new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "service.removed a",
                "hdag.stopped");
        expect(
                ask(origin -> core.graphs().start(G, new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "service.deployed a",
                "hdag.started");
        expect(
                ask(origin -> core.graphs().remove(G, new CallContext(origin, Optional.empty()))),
                "hdag.accepted",
                "service.removed a",
                "hdag.removed");
    }

    @Test
    void aFailoverCanBeFollowed() {
        ask(origin -> core.graphs()
                .deploy(DeployRequest.of(core.graph("p", yaml("a"))), new CallContext(origin, Optional.empty())));
        core.pass(Duration.ofSeconds(20));
        fresh();
        core.world.failCluster("c1");
        core.passUntil(() -> core.view(G).placement().clusterOf("a").equals(Optional.of(C2)), Duration.ofSeconds(60));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
        assertThat(words(fresh()))
                .containsSubsequence(
                        "service.degraded a",
                        "hdag.degraded",
                        "placement.decision_made",
                        "service.moved a",
                        "hdag.recovered");
        assertThat(core.events())
                .extracting(StoredEvent::type)
                .containsOnlyOnce("cluster.unavailable")
                .containsSubsequence("cluster.unavailable", "placement.decision_made", "hdag.recovered");
    }

    @Test
    void whatCannotBePlacedSaysSoOnce() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a", "large")
                        .service("b", "large")
                        .service("c", "large")
                        .yaml());
        core.pass(Duration.ofMinutes(2));
        assertThat(words(fresh())).containsExactly("hdag.accepted", "placement.failed");
    }

    @Test
    void aRestartTellsNothingTwice() {
        for (String moment : List.of("at once", "soon", "later")) {
            Change change = core.deploy("p", yaml("a", "b"));
            core.pass(Duration.ofMillis(moment.equals("at once") ? 0 : moment.equals("soon") ? 200 : 5000));
            restart();
            core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
            core.pass(Duration.ofMinutes(1));
            restart();
            core.pass(Duration.ofMinutes(1));
            assertThat(words(fresh()))
                    .as(moment)
                    .containsExactlyInAnyOrder(
                            "hdag.accepted",
                            "placement.decision_made",
                            "service.deployed a",
                            "service.deployed b",
                            "hdag.deployed");
            assertThat(stored(change).state()).isEqualTo(Operation.State.SUCCEEDED);
            core.remove(G);
            restart();
            core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(20));
            restart();
            assertThat(words(fresh()))
                    .containsExactlyInAnyOrder(
                            "hdag.accepted", "service.removed a", "service.removed b", "hdag.removed");
        }
        assertThat(core.events())
                .filteredOn(event -> event.type().startsWith("cluster."))
                .extracting(StoredEvent::type)
                .containsExactly("cluster.joined", "cluster.joined");
    }

    private interface Call {
        Change with(RequestOrigin origin);
    }

    private Change ask(Call call) {
        Change change = call.with(new RequestOrigin("anna", "corr-" + ++requests, Optional.empty()));
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(2));
        return change;
    }

    /** Since the last time: these events and no other, each with the change that made it happen. */
    private void expect(Change change, String... types) {
        List<StoredEvent> fresh = fresh();
        assertThat(words(fresh)).containsExactly(types);
        Operation operation = stored(change);
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(fresh).allSatisfy(event -> {
            assertThat(event.operation()).as(event.type()).contains(operation.id());
            assertThat(event.correlationId())
                    .as(event.type())
                    .isEqualTo(operation.origin().correlationId());
            assertThat(event.generation()).as(event.type()).isEqualTo(operation.generation());
        });
    }

    private List<StoredEvent> fresh() {
        List<StoredEvent> all = core.events().stream()
                .filter(event -> event.sequence() > seen)
                .filter(event -> event.graph().equals(Optional.of(G)))
                .toList();
        if (!all.isEmpty()) {
            seen = all.get(all.size() - 1).sequence();
        }
        return all;
    }

    private static List<String> words(List<StoredEvent> events) {
        return events.stream()
                .map(event -> event.type()
                        + event.service().map(service -> " " + service).orElse(""))
                .toList();
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private void restart() {
        core.stopEngine();
        core.startEngine();
    }

    private static PlaceRequest offload() {
        return new PlaceRequest(
                DecisionReason.OFFLOAD, Set.of("a"), Optional.of(C2), StrategySelection.UNSPECIFIED, false);
    }

    private static String yaml(String... services) {
        return Hdag.of("g", services);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
