// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import static eu.nephele.smo.core.engine.decision.StoredGraph.share;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import eu.nephele.smo.core.engine.decision.TransitReservations.PlacementUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Amounts in cores: what a decision reserves, and what is held until the world has followed. */
class ReservationsTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId C3 = new ClusterId("sim", "c3");

    @Test
    void aDecisionReservesItsReplicasAndWhatIsHeld() {
        StoredGraph graph = new StoredGraph()
                .service("a")
                .service("b")
                .placed("a", share("c1", 2), share("c2", 1))
                .placed("b", share("c2", 3))
                .needs("a", needs(2))
                .needs("b", needs(1))
                .transition(new Transition(Placement.NONE, Map.of(C2, cores(4), C3, cores(5)), false));
        assertThat(Reservations.compute(graph.decided()))
                .isEqualTo(Map.of(C1, cores(4), C2, cores(2 + 3 + 4), C3, cores(5)));
    }

    @Test
    void aServiceWithoutNeedsReservesNothing() {
        StoredGraph graph = new StoredGraph().service("a").placed("a", share("c1", 2));
        assertThat(Reservations.compute(graph.decided())).isEqualTo(Map.of(C1, Resources.NONE));
    }

    @Test
    void aMoveHoldsTheOldPlaceBesideTheNewOne() {
        PlacementUse before = use(Map.of("a", needs(2)), Map.of("a", List.of(share("c1", 1))));
        PlacementUse after = use(Map.of("a", needs(2)), Map.of("a", List.of(share("c2", 1))));
        Placement left = new Placement(Map.of("a", List.of(share("c1", 1))));
        assertThat(TransitReservations.sideBySide(Map.of(C1, cores(2)), before, after, left, cluster -> true))
                .isEqualTo(Map.of(C1, cores(2)));
    }

    @Test
    void aServiceThatGrowsWhileItMovesHasItsNewNeedsAtBothPlaces() {
        PlacementUse before = use(Map.of("a", needs(2)), Map.of("a", List.of(share("c1", 1))));
        PlacementUse after = use(Map.of("a", needs(3)), Map.of("a", List.of(share("c2", 1))));
        Placement left = new Placement(Map.of("a", List.of(share("c1", 1))));
        assertThat(TransitReservations.sideBySide(Map.of(C1, cores(2)), before, after, left, cluster -> true))
                .isEqualTo(Map.of(C1, cores(3)));
    }

    @Test
    void inPlaceOnlyWhatBecomesFreeIsHeld() {
        PlacementUse before = use(
                Map.of("a", needs(2), "b", needs(1)),
                Map.of("a", List.of(share("c1", 3)), "b", List.of(share("c1", 1))));
        PlacementUse smaller = use(
                Map.of("a", needs(2), "b", needs(1)),
                Map.of("a", List.of(share("c1", 1)), "b", List.of(share("c1", 2))));
        assertThat(TransitReservations.sideBySide(
                        Map.of(C1, cores(7)), before, smaller, Placement.NONE, cluster -> true))
                .isEqualTo(Map.of(C1, cores(4)));
        assertThat(TransitReservations.sideBySide(
                        Map.of(C1, cores(7)), before, before, Placement.NONE, cluster -> true))
                .as("nothing changes")
                .isEmpty();
    }

    @Test
    void formerTransitsStayHeld() {
        PlacementUse use = use(Map.of("a", needs(2)), Map.of("a", List.of(share("c1", 1))));
        assertThat(TransitReservations.sideBySide(
                        Map.of(C1, cores(2), C2, cores(5)), use, use, Placement.NONE, cluster -> true))
                .isEqualTo(Map.of(C2, cores(5)));
    }

    @Test
    void nothingIsHeldOnClustersThatDoNotCount() {
        PlacementUse none = PlacementUse.NONE;
        Map<ClusterId, Resources> reserved = Map.of(C1, cores(2), C2, cores(3));
        assertThat(TransitReservations.sideBySide(reserved, none, none, Placement.NONE, C2::equals))
                .isEqualTo(Map.of(C2, cores(3)));
        assertThat(TransitReservations.oneAfterTheOther(reserved, none, C2::equals))
                .isEqualTo(Map.of(C2, cores(3)));
    }

    @Test
    void oneAfterTheOtherHoldsOnlyWhatTheNewPlacementDoesNotCover() {
        PlacementUse after = use(
                Map.of("a", needs(2), "b", needs(1)),
                Map.of("a", List.of(share("c1", 1)), "b", List.of(share("c1", 1), share("c2", 9))));
        assertThat(TransitReservations.oneAfterTheOther(
                        Map.of(C1, cores(5), C2, cores(9), C3, cores(1)), after, cluster -> true))
                .isEqualTo(Map.of(C1, cores(2), C3, cores(1)));
    }

    private static PlacementUse use(Map<String, EffectiveService> needs, Map<String, List<Share>> shares) {
        return new PlacementUse(new Placement(new LinkedHashMap<>(shares)), needs);
    }

    private static EffectiveService needs(int cores) {
        return new EffectiveService(cores(cores), 0, 9);
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }
}
