// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import static eu.nephele.smo.core.engine.decision.StoredGraph.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the stored state of a graph to the steps that an operation shows. */
class OperationStepsTest {

    private final StoredGraph stored = new StoredGraph();

    @Test
    void aNewGraphIsInstalledInTheOrderOfItsDependencies() {
        stored.service("web", "api").service("api", "db").service("log").service("db");
        StoredGraph after = new StoredGraph()
                .service("web", "api")
                .service("api", "db")
                .service("log")
                .service("db")
                .placed("web", share("c1", 1))
                .placed("api", share("c1", 2))
                .placed("log", share("c2", 1))
                .placed("db", share("c1", 1), share("c2", 3));

        List<PlanStep> steps = new OperationSteps(stored.record()).to(Optional.empty(), after.deployed(), false);

        assertThat(steps)
                .extracting(PlanStep::action, PlanStep::service, PlanStep::detail)
                .containsExactly(
                        tuple(Action.INSTALL, "db", "install c1 ×1 + c2 ×3"),
                        tuple(Action.INSTALL, "api", "install c1 ×2"),
                        tuple(Action.INSTALL, "web", "install c1 ×1"),
                        tuple(Action.INSTALL, "log", "install c2 ×1"));
        assertThat(steps.get(0).from()).isEmpty();
        assertThat(steps.get(0).to()).containsExactly(share("c1", 1), share("c2", 3));
    }

    @Test
    void aServiceWithTheSameReleaseAndPlaceHasNoStep() {
        running("a", 1);
        assertThat(steps(running("a", 1), false)).isEmpty();
    }

    @Test
    void otherReplicasAreScaled() {
        running("a", 1);
        assertThat(steps(new StoredGraph().service("a").placed("a", share("c1", 4)), false))
                .extracting(PlanStep::action, PlanStep::detail, PlanStep::from, PlanStep::to)
                .containsExactly(
                        tuple(Action.SCALE, "scale from 1 to 4", List.of(share("c1", 1)), List.of(share("c1", 4))));
    }

    @Test
    void anotherClusterIsAMoveSideBySideUnlessThereIsNoRoomForBoth() {
        running("a", 1);
        StoredGraph after = new StoredGraph().service("a").placed("a", share("c2", 1));
        assertThat(steps(after, false))
                .extracting(PlanStep::action, PlanStep::makeBeforeBreak, PlanStep::detail)
                .containsExactly(tuple(Action.MOVE, true, "move from c1 ×1 to c2 ×1, make before break"));
        assertThat(steps(after, true))
                .extracting(PlanStep::action, PlanStep::makeBeforeBreak, PlanStep::detail)
                .containsExactly(tuple(Action.MOVE, false, "move from c1 ×1 to c2 ×1, stop, then start"));
    }

    @Test
    void aDeviceNeverRunsAtTwoPlaces() {
        stored.device("a").placed("a", share("c1", 1)).seen("a", ServiceState.DEPLOYED, 1);
        StoredGraph after = new StoredGraph().device("a").placed("a", share("c2", 1));
        assertThat(steps(after, false)).extracting(PlanStep::makeBeforeBreak).containsExactly(false);
    }

    @Test
    void otherValuesOrNeedsAreAnUpgrade() {
        running("a", 1);
        StoredGraph otherValues = new StoredGraph()
                .withValues("a", new JsonObject(Map.of("level", new JsonString("debug"))))
                .placed("a", share("c1", 1));
        StoredGraph otherNeeds = running("a", 1).needs("a", new EffectiveService(new Resources(500, 0, 0, 0), 0, 1));
        for (StoredGraph after : List.of(otherValues, otherNeeds)) {
            assertThat(steps(after, false))
                    .extracting(PlanStep::action, PlanStep::detail)
                    .containsExactly(tuple(Action.UPGRADE, "upgrade c1 ×1"));
        }
    }

    @Test
    void aConditionalServiceIsWatched() {
        stored.conditional("a");
        assertThat(steps(new StoredGraph().conditional("a").placed("a", share("c1", 1)), false))
                .extracting(PlanStep::action, PlanStep::detail, PlanStep::to)
                .containsExactly(tuple(Action.WATCH, "wait for its event", List.of(share("c1", 1))));
    }

    @Test
    void aServiceThatIsNotDeclaredAnyMoreIsRemovedLastOrFirst() {
        running("a", 1);
        running("old", 1);
        StoredGraph after = new StoredGraph()
                .service("a")
                .service("b")
                .placed("a", share("c1", 1))
                .placed("b", share("c1", 1));
        assertThat(steps(after, false))
                .extracting(PlanStep::action, PlanStep::service, PlanStep::detail)
                .containsExactly(
                        tuple(Action.INSTALL, "b", "install c1 ×1"),
                        tuple(Action.REMOVE, "old", "remove the release from c1 ×1"));
        assertThat(steps(after, true))
                .extracting(PlanStep::action, PlanStep::service)
                .containsExactly(tuple(Action.REMOVE, "old"), tuple(Action.INSTALL, "b"));
    }

    @Test
    void whatWasNeverInstalledNeedsNoRemoval() {
        running("a", 1);
        stored.service("never").service("waits").retiring("gone");
        stored.seen("waits", ServiceState.PENDING, 1).seen("gone", ServiceState.PENDING, 1);
        assertThat(steps(running("a", 1), false)).isEmpty();
    }

    @Test
    void aServiceThatRetiresIsRemovedAndInstalledAgainWhereItIsWanted() {
        running("a", 1);
        stored.retiring("a").retiring("old").seen("old", ServiceState.DEPLOYED, 1);
        assertThat(steps(running("a", 1), false))
                .extracting(PlanStep::action, PlanStep::service, PlanStep::detail)
                .containsExactly(
                        tuple(Action.INSTALL, "a", "install c1 ×1"), tuple(Action.REMOVE, "old", "remove the release"));
    }

    @Test
    void aGraphThatWasStoppingIsInstalledAgain() {
        running("a", 1);
        stored.phase(GraphPhase.STOPPING);
        assertThat(steps(running("a", 1), false)).extracting(PlanStep::action).containsExactly(Action.INSTALL);
    }

    @Test
    void withoutAPlaceTheChartDecides() {
        StoredGraph bare = new StoredGraph().service("a");
        stored.service("a");
        assertThat(steps(bare, false)).extracting(PlanStep::detail).containsExactly("install where its chart says");
    }

    @ParameterizedTest
    @CsvSource({
        "DEPLOYED, 1, true",
        "DEPLOYING, 1, true",
        "DEGRADED, 2, true",
        "FAILED, 1, true",
        "DEPLOYED, 0, false",
        "NOT_DEPLOYED, 1, false",
        "PENDING, 1, false"
    })
    void installedIsWhatAnAssignmentHasReached(ServiceState state, long assignment, boolean installed) {
        stored.service("a").seen("a", state, assignment);
        assertThat(new OperationSteps(stored.record()).installed("a")).isEqualTo(installed);
    }

    @Test
    void aRemovalTakesDownAllThatIsInstalledInReverseOrder() {
        running("a", 1);
        running("b", 2);
        stored.service("never").retiring("old").seen("old", ServiceState.FAILED, 1);
        assertThat(new OperationSteps(stored.record()).takeDown(stored.graph()))
                .extracting(PlanStep::action, PlanStep::service, PlanStep::detail)
                .containsExactly(
                        tuple(Action.REMOVE, "old", "remove the release"),
                        tuple(Action.REMOVE, "b", "remove the release from c1 ×2"),
                        tuple(Action.REMOVE, "a", "remove the release from c1 ×1"));
    }

    @Test
    void anInstallationIsToldWithItsPlaces() {
        stored.service("a");
        assertThat(OperationSteps.begins(stored.graph().services().get(0), List.of(share("c1", 2))))
                .isEqualTo("a: is being installed on c1 ×2");
    }

    /** A service that runs on c1, in the stored graph and in one for comparison. */
    private StoredGraph running(String id, int replicas) {
        if (stored.graph().service(id).isEmpty()) {
            stored.service(id).placed(id, share("c1", replicas)).seen(id, ServiceState.DEPLOYED, 1);
        }
        return new StoredGraph().service(id).placed(id, share("c1", replicas));
    }

    private List<PlanStep> steps(StoredGraph after, boolean breakFirst) {
        return new OperationSteps(stored.record()).to(Optional.of(stored.deployed()), after.deployed(), breakFirst);
    }
}
