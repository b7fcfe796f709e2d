// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph.Constraints;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.DecidedGraph.Provenance;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DecidedGraphTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final Placement ON_C1 = new Placement(Map.of("a", List.of(new Share(C1, 1))));

    private final DecidedGraph decided = new DecidedGraph(
            1,
            2,
            3,
            ON_C1,
            new Transition(ON_C1, Map.of(C1, new Resources(1, 2, 3, 0)), true),
            Optional.empty(),
            Map.of("a", C1),
            List.of(Instant.EPOCH),
            new Constraints(
                    Map.of("a", new EffectiveService(new Resources(1, 2, 3, 0), 1, 4)),
                    OptionalInt.of(9),
                    "k",
                    List.of("w")),
            new Provenance("d", "s", List.of(C1), true),
            Instant.EPOCH);

    @Test
    void theNextAssignmentCountsOnAndKeepsEverythingElse() {
        Placement two = new Placement(Map.of("a", List.of(new Share(C1, 2))));
        DecidedGraph next = decided.next(5, two, Map.of(), Instant.MAX);
        assertThat(next.assignment()).isEqualTo(4);
        assertThat(next.generation()).isEqualTo(5);
        assertThat(next.placement()).isEqualTo(two);
        assertThat(next.transition().leaving()).isEqualTo(ON_C1);
        assertThat(next)
                .usingRecursiveComparison()
                .ignoringFields("assignment", "generation", "placement", "transition.held", "decidedAt")
                .isEqualTo(decided);
    }

    @Test
    void answeringARequestOrLeavingAClusterChangesNothingElse() {
        assertThat(decided.answering(7))
                .usingRecursiveComparison()
                .ignoringFields("wishNumber")
                .isEqualTo(decided);
        assertThat(decided.answering(7).wishNumber()).isEqualTo(7);
        assertThat(decided.leaving(
                        new Transition(Placement.NONE, decided.transition().held(), true)))
                .usingRecursiveComparison()
                .ignoringFields("transition.leaving")
                .isEqualTo(decided);
    }

    @Test
    void isImprovableUntilNoBetterOneWasFound() {
        assertThat(decided.next(2, ON_C1, Map.of(), Instant.EPOCH).provenance().improvable())
                .isTrue();
        assertThat(decided.finished().provenance().improvable()).isFalse();
        assertThat(decided.finished())
                .usingRecursiveComparison()
                .ignoringFields("provenance.improvable")
                .isEqualTo(decided);
    }

    @Test
    void isInTransitUntilItHasArrived() {
        assertThat(decided.inTransit()).isTrue();
        assertThat(decided.arrived().inTransit()).isFalse();
        assertThat(decided.arrived().transition().breakFirst()).isFalse();
        assertThat(decided.arrived().placement()).isEqualTo(ON_C1);
    }

    @Test
    void theNextAssignmentIsNoLongerTakenBack() {
        Fault fault = new Fault(SmoException.Kind.UPSTREAM_FAILED, "helm", "no such chart");
        assertThat(decided.undoing(fault).undoing()).contains(fault);
        assertThat(decided.undoing(fault)
                        .next(2, ON_C1, Map.of(), Instant.EPOCH)
                        .undoing())
                .isEmpty();
    }

    @Test
    void aServiceThatTheDecisionDoesNotKnowNeedsNothing() {
        assertThat(decided.effective("a").maxReplicas()).isEqualTo(4);
        assertThat(decided.effective("b")).isEqualTo(EffectiveService.NOTHING);
    }
}
