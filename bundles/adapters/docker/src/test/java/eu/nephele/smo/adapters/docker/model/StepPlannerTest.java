// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.Vacate;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** From whatever is there to what is wanted, one step at a time, on several servers that share the limits of an update. */
class StepPlannerTest {

    @Provide
    Arbitrary<List<ModelledServer>> servers() {
        Arbitrary<ReplicaView> any = Combinators.combine(
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(
                                ReplicaPhase.READY,
                                ReplicaPhase.READY,
                                ReplicaPhase.STARTING,
                                ReplicaPhase.STOPPED,
                                ReplicaPhase.UNHEALTHY),
                        Arbitraries.longs().between(1, 1000))
                .as((spare, place, current, phase, at) ->
                        new ReplicaView("", "p" + place, spare, current, spare ? ReplicaPhase.STOPPED : phase, at));
        Arbitrary<ModelledServer> server = Combinators.combine(
                        any.list().ofMaxSize(6),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(true, false))
                .as((views, replicas, beside, keeps) ->
                        new ModelledServer(new ServerShare(replicas, replicas > 0 || keeps), beside, numbered(views)));
        return server.list().ofMinSize(1).ofMaxSize(4);
    }

    private static List<ReplicaView> numbered(List<ReplicaView> views) {
        List<ReplicaView> numbered = new ArrayList<>();
        // the newest revision is on at least one container, else it would not be the newest
        numbered.add(new ReplicaView("newest", "s", true, true, ReplicaPhase.STOPPED, 2000));
        for (ReplicaView view : views) {
            numbered.add(new ReplicaView(
                    "c" + numbered.size(), view.place(), view.spare(), view.current(), view.phase(), view.createdAt()));
        }
        return numbered;
    }

    @Property(tries = 5000)
    void everyStateOfServersLeadsToWhatIsWantedWithinTheLimits(
            @ForAll("servers") List<ModelledServer> servers,
            @ForAll @IntRange(min = 1, max = 4) int batchSize,
            @ForAll @IntRange(min = 0, max = 3) int maxUnavailable,
            @ForAll long seed) {
        boolean crowded = servers.stream().anyMatch(server -> !server.beside());
        RolloutModel model =
                new RolloutModel(servers, batchSize, crowded ? Math.max(1, maxUnavailable) : maxUnavailable, seed);
        model.run();
        servers.forEach(StepPlannerTest::assertEnd);
    }

    private static void assertEnd(ModelledServer server) {
        assertThat(server.replicas())
                .hasSize(server.wanted().replicas())
                .as("as many places as are wanted: what a new process reads")
                .hasSize(ReplicaView.places(server.containers()))
                .allMatch(view -> view.current() && view.phase() == ReplicaPhase.READY);
        long spares = server.containers().stream().filter(ReplicaView::spare).count();
        assertThat(spares).isLessThanOrEqualTo(server.wanted().keepsRecord() ? 1 : 0);
        assertThat(server.containers().isEmpty()).isEqualTo(!server.wanted().keepsRecord());
    }

    @Test
    void aNewRevisionThatIsGivenUpLeavesTheOldOneAndItsRecord() {
        List<ReplicaView> there = List.of(
                view("old", "p", false, ReplicaPhase.READY, 1), view("new", "p", true, ReplicaPhase.UNHEALTHY, 2));
        assertThat(next(1, new Latitude(1, true, 0, true, true), there)).isEqualTo(new Retire("new", true));
    }

    @Test
    void whatIsReadyOfARevisionThatIsGivenUpGoesOnAsLongAsItIsNeeded() {
        List<ReplicaView> there = List.of(
                view("old", "p", false, ReplicaPhase.READY, 1),
                view("well", "q", true, ReplicaPhase.READY, 2),
                view("sick", "p", true, ReplicaPhase.UNHEALTHY, 3));
        Latitude givenUp = new Latitude(1, true, 0, true, true);
        assertThat(next(2, givenUp, there)).isEqualTo(new Retire("sick", false));
        assertThat(next(2, givenUp, there.subList(0, 2))).isInstanceOf(WaitFor.class);
    }

    @Test
    void anUnhealthyReplicaWaitsForItsTurn() {
        List<ReplicaView> there =
                List.of(view("a", "p", true, ReplicaPhase.UNHEALTHY, 1), view("b", "q", true, ReplicaPhase.READY, 2));
        assertThat(next(2, new Latitude(1, true, 0, false, false), there)).isInstanceOf(WaitFor.class);
        assertThat(next(2, Latitude.USUAL, there)).isEqualTo(new Add(Optional.of("a")));
    }

    @Test
    void twoAtOnceTakeOverFromTheTwoOldest() {
        List<ReplicaView> there = new ArrayList<>(List.of(
                view("a", "p", false, ReplicaPhase.READY, 1),
                view("b", "q", false, ReplicaPhase.READY, 2),
                view("c", "r", false, ReplicaPhase.READY, 3)));
        Latitude two = new Latitude(2, true, 0, true, false);
        assertThat(next(3, two, there)).isEqualTo(new Add(Optional.of("a")));
        there.add(view("a2", "p", true, ReplicaPhase.STARTING, 4));
        assertThat(next(3, two, there)).isEqualTo(new Add(Optional.of("b")));
        there.add(view("b2", "q", true, ReplicaPhase.STARTING, 5));
        assertThat(next(3, two, there)).isInstanceOf(WaitFor.class);
    }

    @Test
    void aFullServerWaitsUnlessOneMayBeMissing() {
        List<ReplicaView> there =
                List.of(view("a", "p", false, ReplicaPhase.READY, 1), view("b", "q", false, ReplicaPhase.READY, 2));
        assertThat(next(2, new Latitude(1, false, 0, true, false), there))
                .isInstanceOfSatisfying(WaitFor.class, wait -> assertThat(wait.what())
                        .contains("no room for one more, and none may be missing"));
        assertThat(next(2, new Latitude(1, false, 1, true, false), there)).isEqualTo(new Vacate("a"));
        List<ReplicaView> ended =
                List.of(there.get(0).in(ReplicaPhase.STOPPED), view("b", "q", false, ReplicaPhase.READY, 2));
        assertThat(next(2, new Latitude(1, false, 1, true, false), ended)).isEqualTo(new Add(Optional.of("a")));
        assertThat(next(2, new Latitude(0, false, 0, true, false), ended))
                .as("until its turn comes")
                .isEqualTo(new Start("a"));
    }

    @Test
    void itIsReachedWithoutAnyThatLeaves() {
        List<ReplicaView> there = List.of(
                view("old", "p", false, ReplicaPhase.LEAVING, 1), view("new", "p", true, ReplicaPhase.READY, 2));
        assertThat(next(1, Latitude.USUAL, there)).isInstanceOf(WaitFor.class);
        assertThat(next(1, Latitude.USUAL, there.subList(1, 2))).isEqualTo(new Reached());
    }

    private static NextStep next(int replicas, Latitude latitude, List<ReplicaView> there) {
        return new StepPlanner(new ServerShare(replicas, true), latitude, there).next();
    }

    private static ReplicaView view(String id, String place, boolean current, ReplicaPhase phase, long createdAt) {
        return new ReplicaView(id, place, false, current, phase, createdAt);
    }
}
