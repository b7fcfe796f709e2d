// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New descriptors are revisions; what cannot become real goes back to what was. */
class UpdatesTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "updates-" + UUID.randomUUID());
        core.ports().add(WorkloadDeployer.class, "helm", new Choosy(core.world.deployer()));
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void servicesAreAddedChangedAndTakenAway() {
        // only what changed is touched
        after(core.deploy("p", Hdag.of("g", "a", "b", "c")));
        Change update = after(core.update(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .service("b", "small", "", "{ n: 2 }")
                        .service("d")
                        .yaml()));
        assertThat(stored(update).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(stored(update).steps())
                .extracting(step -> step.action() + " " + step.subject())
                .containsExactlyInAnyOrder("UPGRADE b", "INSTALL d", "REMOVE c");
        assertThat(releases()).isEqualTo(Map.of("a", 1, "b", 2, "d", 1));
        assertThat(core.view(G).services())
                .extracting(service -> service.spec().id())
                .containsExactly("a", "b", "d");
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.updated");
        // who follows from outside learns that c is gone
        assertThat(core.events())
                .filteredOn(event -> event.type().equals("service.removed"))
                .singleElement()
                .satisfies(event -> assertThat(event.service()).contains("c"));
    }

    @Test
    void revisionsAreNumberedAndNeverChange() {
        after(core.deploy("p", version(1)));
        after(core.update("p", version(2)));
        after(core.update("p", version(3)));
        List<Revision> revisions = core.graphs().revisions(G, CallContext.INTERNAL);
        assertThat(revisions).extracting(Revision::number).containsExactly(3L, 2L, 1L);
        assertThat(revisions).extracting(Revision::cause).containsExactly("update", "update", "deploy");
        assertThat(revisions.get(2).descriptor())
                .isEqualTo(core.graph("p", version(1)).descriptor());

        // the same again is a replay
        Change same = core.update("p", version(3));
        assertThat(same.replay()).isTrue();
        assertThat(core.graphs().revisions(G, CallContext.INTERNAL)).isEqualTo(revisions);

        for (long target : List.of(1L, 3L, 2L)) {
            Change rollback = after(core.graphs().rollback(G, target, CallContext.INTERNAL));
            assertThat(stored(rollback).state()).isEqualTo(Operation.State.SUCCEEDED);
            assertThat(core.view(G).graph().descriptor().canonical())
                    .isEqualTo(
                            core.graph("p", version((int) target)).descriptor().canonical());
        }
        assertThat(core.graphs().revisions(G, CallContext.INTERNAL)).hasSize(6);
        assertThat(core.view(G).item().revision()).isEqualTo(6);
        assertThat(core.graphs().revisions(G, CallContext.INTERNAL).subList(3, 6))
                .isEqualTo(revisions);
        assertThatThrownBy(() -> core.graphs().rollback(G, 99, CallContext.INTERNAL))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void aRequestForAnUnknownClusterDoesNotFailTheUpdateBeforeIt() {
        // found by chaos: an update and a wish for a cluster that is away came in before either was decided
        after(core.deploy("p", version(1)));
        core.world.failCluster("c2");
        core.pass(Duration.ofSeconds(1));
        Change update = core.update("p", version(2));
        Change place = core.place(
                G,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of(), Optional.of(C2), StrategySelection.UNSPECIFIED, false));
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(update).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(stored(place).state()).isEqualTo(Operation.State.FAILED);
        assertThat(stored(place).error().orElseThrow().message()).contains("c2", "not ready");
        assertThat(core.view(G).item().revision()).isEqualTo(2);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void idsOfServicesThatRetireAreTakenUntilTheyAreGone() {
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        core.world.begin(Outage.DEPLOYER);
        Change update = core.update("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(3));
        assertThat(core.stores.graphs().find(G).orElseThrow().desired().retiring())
                .containsOnlyKeys("b");
        core.world.end(Outage.DEPLOYER);
        after(update);
        assertThat(core.stores.graphs().find(G).orElseThrow().desired().retiring())
                .isEmpty();
        after(core.deploy("p", Hdag.of("other", "b")));
        assertThat(core.world.snapshot().releases()).hasSize(2);
        assertThatThrownBy(() -> core.update("p", Hdag.of("g", "a", "b")))
                .isInstanceOfSatisfying(SmoException.class, e -> {
                    assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
                    assertThat(e.getMessage()).contains("b");
                });
        assertThat(core.view(G).item().revision()).isEqualTo(2);
    }

    @Test
    void aServiceThatComesBackWhileItRetiresStays() {
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        core.world.begin(Outage.DEPLOYER);
        core.update("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(3));
        Change back = core.update("p", Hdag.of("g", "a", "b"));
        core.world.end(Outage.DEPLOYER);
        after(back);
        assertThat(stored(back).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(releases()).containsOnlyKeys("a", "b");
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aStoppedGraphTakesItsNewDescriptorAndStaysStopped() {
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        after(core.stop(G));
        Change update = after(core.update("p", Hdag.of("g", "a", "c")));
        assertThat(stored(update).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.STOPPED);
        assertThat(releases()).isEmpty();
        after(core.deploy("p", Hdag.of("other", "b")));
        after(core.start(G));
        assertThat(releases()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void anUpdateWhileTheGraphDeploysTakesItsPlace() {
        Change deploy =
                core.deploy("p", Hdag.graph("g").service("a").after("b", "a").yaml());
        core.pass(Duration.ofMillis(300));
        Change update =
                core.update("p", Hdag.graph("g").service("c").after("b", "c").yaml());
        after(update);
        assertThat(stored(deploy).state()).isEqualTo(Operation.State.SUPERSEDED);
        assertThat(stored(update).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(releases()).containsOnlyKeys("b", "c");
    }

    @Test
    void anUpdateThatFailsForGoodGoesBackByItself() {
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        Change update = after(core.update("p", Hdag.of("g", "a", "refused")));
        Operation failed = stored(update);
        assertThat(failed.state()).isEqualTo(Operation.State.FAILED);
        assertThat(failed.error().orElseThrow().message()).contains("no chart", "revision 1");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.view(G).item().revision()).isEqualTo(1);
        assertThat(releases()).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(core.stores.capacity().reservedBy(G).values())
                .allSatisfy(amount -> assertThat(amount.cpuMillis()).isEqualTo(2000));
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.rolled_back").doesNotContain("hdag.updated");
        // numbers are not used twice
        after(core.update("p", Hdag.of("g", "a", "c")));
        assertThat(core.view(G).item().revision()).isEqualTo(3);
        // what failed may be asked for again, and is tried again
        assertThat(core.update("p", Hdag.of("g", "a", "refused")).replay()).isFalse();
    }

    @Test
    void anUpdateOfAGraphThatNeverRanIsRolledBack() {
        Change deploy =
                core.deploy("p", Hdag.graph("g").service("a").after("b", "a").yaml());
        core.pass(Duration.ofMillis(300));
        Change update = after(core.update("p", Hdag.of("g", "a", "refused")));
        assertThat(stored(deploy).state()).isEqualTo(Operation.State.SUPERSEDED);
        assertThat(stored(update).state()).isEqualTo(Operation.State.FAILED);
        assertThat(releases()).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.FAILED);
    }

    @Test
    void anUpdateThatFindsNoCapacityGoesBack() {
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        Change update = after(core.update(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .service("x", "large")
                        .service("y", "large")
                        .service("z", "large")
                        .yaml()));
        assertThat(stored(update).state()).isEqualTo(Operation.State.FAILED);
        assertThat(stored(update).error().orElseThrow().kind()).isEqualTo(SmoException.Kind.INFEASIBLE);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.view(G).item().revision()).isEqualTo(1);
        assertThat(releases()).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.rolled_back");
    }

    @Test
    void aMoveOfAServiceUpgradesTheImportsOfThoseThatCallIt() {
        after(core.deploy(
                "p",
                Hdag.graph("g")
                        .service("caller", "small", "callee", "{}")
                        .service("callee")
                        .yaml()));
        after(core.place(
                G,
                new PlaceRequest(
                        DecisionReason.OFFLOAD,
                        Set.of("caller"),
                        Optional.of(C2),
                        StrategySelection.UNSPECIFIED,
                        false)));
        assertThat(core.view(G).placement().clusterOf("caller")).contains(C2);
        assertThat(core.view(G).service("callee").orElseThrow().values().toJson())
                .contains("c2");
        assertThat(core.view(G).service("callee").orElseThrow().importClusters())
                .contains(C2);
        assertThat(releases().get("callee")).isGreaterThan(1);
        Map<String, Integer> before = releases();
        core.pass(Duration.ofMinutes(1));
        assertThat(releases()).isEqualTo(before);
    }

    @Test
    void twoUpdatesInARowEndWithTheLater() {
        after(core.deploy("p", version(1)));
        Change first = core.update("p", version(2));
        Change second = core.update("p", version(3));
        after(second);
        assertThat(stored(first).state()).isEqualTo(Operation.State.SUPERSEDED);
        assertThat(core.view(G).item().revision()).isEqualTo(3);
        assertThat(core.view(G).graph().descriptor().toJson()).contains("\"n\":3");
    }

    private static String version(int n) {
        return Hdag.graph("g")
                .service("a", "small", "", "{ n: %d }".formatted(n))
                .yaml();
    }

    /** Services with the revisions of their releases. */
    private Map<String, Integer> releases() {
        Map<String, Integer> releases = new TreeMap<>();
        core.world
                .snapshot()
                .releases()
                .forEach(release -> releases.put(
                        release.state().workload().service(), release.state().revision()));
        return releases;
    }

    private Change after(Change change) {
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(60));
        return change;
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }

    /** Has no chart for a service that is called refused. */
    private record Choosy(WorkloadDeployer real) implements WorkloadDeployer {

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            if (request.key().workload().service().equals("refused")) {
                throw new AdapterException(AdapterException.Kind.REFUSED, "helm", "no chart");
            }
            return real.ensureInstalled(request);
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            real.ensureRemoved(key, owner);
        }

        @Override
        public Optional<ReleaseState> state(WorkloadRef workload) {
            return real.state(workload);
        }

        @Override
        public List<ReleaseState> owned() {
            return real.owned();
        }
    }
}
