// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects with our mark and without an owner are removed after a grace, and nothing else is. */
class OrphanTrackerTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final GraphId GHOST = new GraphId("p", "ghost");
    private static final long GIB = 1L << 30;
    /** Twice the distance of two sweeps, and the grace. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(125);

    private EmbeddedCore core;
    private String owner;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0))),
                "orphans-" + UUID.randomUUID());
        owner = core.stores.instance().instanceId();
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void releasesAndRulesWithoutOwnerGoAfterTheGraceAndNotBefore() {
        install(new WorkloadRef(GHOST, "a"), owner);
        core.world.alertRules().ensure(new WorkloadRef(GHOST, "w"), rule("e"), owner);
        core.passUntil(() -> core.stores.tombstones().list().size() == 2, Duration.ofSeconds(60));
        core.pass(Duration.ofSeconds(55));
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(core.world.snapshot().rules()).hasSize(1);
        core.pass(Duration.ofSeconds(65));
        assertNothingLeft();
        assertThat(core.stores.tombstones().list()).isEmpty();
    }

    @Test
    void theGraceIsWaitedForAgainAfterARestart() {
        install(new WorkloadRef(GHOST, "a"), owner);
        core.passUntil(() -> !core.stores.tombstones().list().isEmpty(), Duration.ofSeconds(60));
        core.pass(Duration.ofSeconds(35));
        core.stopEngine();
        core.startEngine();
        // the first sweep is after half a minute
        core.pass(Duration.ofSeconds(85));
        assertThat(core.world.snapshot().releases()).hasSize(1);
        core.pass(Duration.ofSeconds(35));
        assertNothingLeft();
    }

    @Test
    void whatBelongsToAnotherInstallationStays() {
        install(new WorkloadRef(GHOST, "a"), "somebody-else");
        core.world.alertRules().ensure(new WorkloadRef(GHOST, "w"), rule("e"), "somebody-else");
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(core.world.snapshot().rules()).hasSize(1);
        assertThat(core.stores.tombstones().list()).isEmpty();
    }

    @Test
    void aGraphThatTakesTheNameWithinTheGraceKeepsItsRelease() {
        install(new WorkloadRef(G, "a"), owner);
        core.passUntil(() -> !core.stores.tombstones().list().isEmpty(), Duration.ofSeconds(60));
        core.deploy("p", Hdag.of("g", "a"));
        core.pass(LONG_ENOUGH);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(core.stores.tombstones().list()).isEmpty();
        assertThat(core.world.overbookedEver()).isFalse();
    }

    @Test
    void whatSomebodyInstallsAgainOfAStoppedGraphGoes() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(20));
        install(new WorkloadRef(G, "a"), owner);
        core.pass(LONG_ENOUGH);
        assertNothingLeft();
        core.start(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().releases()).hasSize(1);
    }

    @Test
    void rulesThatADescriptorDoesNotHaveGoAndThoseThatWereDeletedComeBack() {
        deployWaiting();
        WorkloadRef w = new WorkloadRef(G, "w");
        core.world.alertRules().ensure(w, rule("stray"), owner);
        core.world.alertRules().remove(w, "e");
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().rules()).singleElement().satisfies(rule -> assertThat(rule.event())
                .isEqualTo("e"));
        core.remove(G);
        core.pass(Duration.ofSeconds(3));
        assertNothingLeft();
    }

    @Test
    void aRuleOfAServiceThatRunsAlreadyStaysToo() {
        deployWaiting();
        core.fire(G, "w", "e", true);
        core.pass(LONG_ENOUGH);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.world.snapshot().rules()).hasSize(1);
        assertThat(core.stores.tombstones().list()).isEmpty();
    }

    @Test
    void aReleaseOfAServiceThatWaitsForItsEventGoesAndItsRuleStays() {
        deployWaiting();
        install(new WorkloadRef(G, "w"), owner);
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().releases()).singleElement().satisfies(release -> assertThat(
                        release.state().workload().service())
                .isEqualTo("a"));
        assertThat(core.world.snapshot().rules()).hasSize(1);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
        core.fire(G, "w", "e", true);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().releases()).hasSize(2);
    }

    @Test
    void aReleaseOfAServiceThatWaitsGoesAlsoWhereNothingOfItIsSeen() {
        WorkloadRef w = new WorkloadRef(G, "w");
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, withoutSightOf(w, core.world.runtime()), 1);
        deployWaiting();
        install(w, owner);
        core.passUntil(() -> core.stores.tombstones().list().size() == 1, Duration.ofSeconds(60));
        core.pass(LONG_ENOUGH);
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(core.stores.tombstones().list()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasInstalledUnderTheNameOfAServiceThatWaitsIsInNobodysWay() {
        WorkloadRef w = new WorkloadRef(G, "w");
        install(w, "somebody-else");
        deployWaiting();
        core.pass(LONG_ENOUGH);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.WAITING);
        assertThat(core.world.snapshot().releases()).hasSize(2);
    }

    /** Pods of a release may be looked for in vain: it was broken off, or its chart has none. */
    private static WorkloadRuntime withoutSightOf(WorkloadRef workload, WorkloadRuntime real) {
        return (WorkloadRuntime) Proxy.newProxyInstance(
                WorkloadRuntime.class.getClassLoader(),
                new Class<?>[] {WorkloadRuntime.class},
                (proxy, method, args) -> {
                    Object answer = method.invoke(real, args);
                    if (method.getName().equals("observe")) {
                        Map<?, ?> seen = new HashMap<>((Map<?, ?>) answer);
                        seen.remove(workload);
                        return seen;
                    }
                    return answer;
                });
    }

    /** Service a runs, service w waits for its event e. */
    private void deployWaiting() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", "ANY", "e=up == 5")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.WAITING, Duration.ofSeconds(20));
    }

    private void assertNothingLeft() {
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.world.snapshot().rules()).isEmpty();
    }

    private void install(WorkloadRef workload, String mark) {
        Artifact artifact = core.graph("p", Hdag.of("x", workload.service()))
                .services()
                .get(0)
                .artifact();
        core.world
                .deployer()
                .ensureInstalled(new InstallRequest(
                        new StepKey(workload, 1, "install"),
                        artifact,
                        JsonObject.EMPTY,
                        List.of(ClusterTarget.of(new ClusterId(SimulatedFederation.SOURCE, "c1"))),
                        1,
                        new Resources(1000, GIB, GIB, 0),
                        1,
                        mark,
                        Set.of()));
    }

    private EventRule rule(String event) {
        Trigger trigger = core.graph(
                        "p",
                        Hdag.graph("x")
                                .conditional("w", "ANY", event + "=up == 5")
                                .yaml())
                .services()
                .get(0)
                .trigger();
        return ((Trigger.OnEvent) trigger).events().get(0);
    }
}
