// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldSnapshot.Writes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two engines on the same stores and in the same world: one works, the other one stands by and takes over. */
class EngineStandbyTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final long GIB = 1L << 30;

    private EmbeddedCore owner;
    private VirtualScheduler scheduler;
    private Engine standby;

    @BeforeEach
    void start() throws Exception {
        owner = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("c2", new Resources(12_000, 64 * GIB, 1000 * GIB, 0))),
                "standby-" + UUID.randomUUID());
        scheduler = owner.newScheduler();
        standby = owner.standby(scheduler);
        pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        standby.close();
        owner.close();
    }

    private void pass(Duration time) {
        for (Duration left = time; !left.isZero(); left = left.minus(EmbeddedCore.STEP)) {
            owner.pass(EmbeddedCore.STEP);
            scheduler.runDue();
        }
    }

    private Optional<GraphView> seen() {
        return standby.doors().graphs().find(G, CallContext.INTERNAL);
    }

    @Test
    void aStandbyShowsTheWorkOfTheOwnerAndDoesNone() {
        owner.deploy("p", Hdag.of("g", "a"));
        pass(Duration.ofSeconds(5));
        assertThat(seen())
                .hasValueSatisfying(view -> assertThat(view.item().phase()).isEqualTo(GraphPhase.RUNNING));
        assertThat(seen()).isEqualTo(owner.graphs().find(G, CallContext.INTERNAL));

        owner.doors().clusters().cordon(C1, "repair", CallContext.INTERNAL);
        pass(Duration.ofSeconds(5));
        assertThat(standby.doors().clusters().directives(CallContext.INTERNAL))
                .extracting(Directive::reason)
                .containsExactly("repair");
        owner.doors().clusters().uncordon(C1, CallContext.INTERNAL);
        pass(Duration.ofSeconds(5));
        assertThat(standby.doors().clusters().directives(CallContext.INTERNAL)).isEmpty();

        Map<WorkloadRef, Writes> written = owner.world.snapshot().writes();
        owner.stopEngine();
        owner.world.apply(new WorldAction.DeleteRelease(new WorkloadRef(G, "a")));
        alone(Duration.ofSeconds(60));
        assertThat(owner.world.snapshot().writes()).isEqualTo(written);
    }

    private void alone(Duration time) {
        for (Duration left = time; !left.isZero(); left = left.minus(EmbeddedCore.STEP)) {
            owner.worldClock.advance(EmbeddedCore.STEP);
            scheduler.runDue();
        }
    }

    @Test
    void changesAreRefusedUntilItHasBegun() {
        assertThatThrownBy(() -> deploy(standby))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessage("The engine is loading its stored state; nothing was changed, try again");
        assertThat(seen()).isEmpty();
        owner.stopEngine();
        standby.begin();
        deploy(standby);
        assertThat(seen()).isPresent();
    }

    private void deploy(Engine engine) {
        engine.doors().graphs().deploy(DeployRequest.of(owner.graph("p", Hdag.of("g", "a"))), CallContext.INTERNAL);
    }

    @Test
    void aNewOwnerContinuesOpenOperations() {
        String operation =
                owner.deploy("p", Hdag.of("g", "a")).operation().orElseThrow().id();
        owner.stopEngine();
        assertThat(seen())
                .hasValueSatisfying(view -> assertThat(view.item().phase()).isEqualTo(GraphPhase.PENDING));
        standby.begin();
        alone(Duration.ofSeconds(10));
        assertThat(seen())
                .hasValueSatisfying(view -> assertThat(view.item().phase()).isEqualTo(GraphPhase.RUNNING));
        assertThat(standby.doors().operations().find(operation, CallContext.INTERNAL))
                .hasValueSatisfying(found -> assertThat(found.state().isFinal()).isTrue());
    }

    @Test
    void aClusterThatIsAwayHasTheWholeGraceOfTheServerThatTakesOver() {
        owner.deploy("p", Hdag.of("g", "a"));
        pass(Duration.ofSeconds(5));
        owner.world.failCluster("c1");
        pass(Duration.ofSeconds(6));
        owner.stopEngine();
        standby.begin();
        alone(Duration.ofSeconds(8));
        assertThat(placed()).contains(C1);
        alone(Duration.ofSeconds(10));
        assertThat(placed()).contains(new ClusterId("sim", "c2"));
    }

    private Optional<ClusterId> placed() {
        return seen().flatMap(view -> view.placement().clusterOf("a"));
    }
}
