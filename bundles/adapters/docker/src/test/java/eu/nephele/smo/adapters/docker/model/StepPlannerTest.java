// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** From whatever is there to what is wanted, one step at a time. */
class StepPlannerTest {

    private static final int MOST_STEPS = 200;

    @Provide
    Arbitrary<List<ReplicaView>> states() {
        Arbitrary<ReplicaView> any = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ReplicaPhase.class),
                        Arbitraries.longs().between(1, 1000))
                .as((spare, current, phase, at) ->
                        new ReplicaView("", spare, current, spare ? ReplicaPhase.STOPPED : phase, at));
        return any.list().ofMaxSize(8).map(list -> {
            List<ReplicaView> numbered = new ArrayList<>();
            // the newest revision is on at least one container, else it would not be the newest
            numbered.add(new ReplicaView("newest", true, true, ReplicaPhase.STOPPED, 2000));
            for (ReplicaView view : list) {
                numbered.add(new ReplicaView(
                        "c" + numbered.size(), view.spare(), view.current(), view.phase(), view.createdAt()));
            }
            return numbered;
        });
    }

    @Property
    void everyStateLeadsToWhatIsWanted(
            @ForAll("states") List<ReplicaView> begin,
            @ForAll @IntRange(min = 0, max = 4) int replicas,
            @ForAll @IntRange(min = 0, max = 1) int surge,
            @ForAll boolean keepsRecord) {
        ServerShare wanted = new ServerShare(replicas, replicas > 0 || keepsRecord);
        List<ReplicaView> now = new ArrayList<>(begin);
        for (int step = 0; step < MOST_STEPS; step++) {
            NextStep next = new StepPlanner(wanted, new Latitude(surge, true, false), now).next();
            if (next instanceof Reached) {
                assertEnd(wanted, now);
                return;
            }
            if (next instanceof WaitFor && onlyTimeGivesUp(now)) {
                return;
            }
            List<ReplicaView> before = now;
            now = after(next, before, step);
            assertNeverTooFew(wanted, surge, before, now);
        }
        throw new AssertionError("not reached from %s; at the end %s".formatted(begin, now));
    }

    /**
     * The only replica of the new revision is not well while old ones serve: it may still get well, until it is given
     * up.
     */
    private static boolean onlyTimeGivesUp(List<ReplicaView> now) {
        List<ReplicaView> current =
                now.stream().filter(view -> !view.spare() && view.current()).toList();
        return current.size() == 1
                && current.get(0).phase() == ReplicaPhase.UNHEALTHY
                && now.stream().anyMatch(view -> !view.current());
    }

    private static void assertEnd(ServerShare wanted, List<ReplicaView> now) {
        assertThat(now.stream().filter(view -> !view.spare()))
                .hasSize(wanted.replicas())
                .allMatch(view -> view.current() && view.phase() == ReplicaPhase.READY);
        long spares = now.stream().filter(ReplicaView::spare).count();
        assertThat(spares).isLessThanOrEqualTo(wanted.keepsRecord() ? 1 : 0);
        assertThat(now.isEmpty()).isEqualTo(!wanted.keepsRecord());
    }

    /** A step never takes a ready replica away that is needed, as long as one more than wanted may run. */
    private static void assertNeverTooFew(
            ServerShare wanted, int surge, List<ReplicaView> before, List<ReplicaView> now) {
        long ready = ready(now);
        if (surge == 1 && ready < ready(before)) {
            assertThat(ready).isGreaterThanOrEqualTo(wanted.replicas());
        }
    }

    private static long ready(List<ReplicaView> views) {
        return views.stream()
                .filter(view -> !view.spare() && view.phase() == ReplicaPhase.READY)
                .count();
    }

    /** The world after a step: what starts gets ready as soon as somebody waits for it. */
    private static List<ReplicaView> after(NextStep step, List<ReplicaView> before, int number) {
        List<ReplicaView> now = new ArrayList<>(before);
        if (step instanceof WaitFor) {
            now.replaceAll(
                    view -> view.phase() == ReplicaPhase.STARTING ? with(view, false, ReplicaPhase.READY) : view);
            assertThat(now).as("waiting changes something").isNotEqualTo(before);
        } else if (step instanceof Add) {
            int spare = now.indexOf(now.stream()
                    .filter(view -> view.spare() && view.current())
                    .findFirst()
                    .orElse(null));
            if (spare >= 0) {
                now.set(spare, with(now.get(spare), false, ReplicaPhase.STARTING));
            } else {
                now.add(new ReplicaView("n" + number, false, true, ReplicaPhase.STARTING, 3000 + number));
            }
        } else if (step instanceof Start start) {
            now.replaceAll(view -> view.id().equals(start.id()) ? with(view, false, ReplicaPhase.STARTING) : view);
        } else if (step instanceof Retire retire) {
            if (retire.asSpare()) {
                now.replaceAll(view -> view.id().equals(retire.id()) ? with(view, true, ReplicaPhase.STOPPED) : view);
            } else {
                now.removeIf(view -> view.id().equals(retire.id()));
            }
        } else if (step instanceof Drop drop) {
            now.removeIf(view -> view.id().equals(drop.id()));
        }
        return now;
    }

    private static ReplicaView with(ReplicaView view, boolean spare, ReplicaPhase phase) {
        return new ReplicaView(view.id(), spare, view.current(), phase, view.createdAt());
    }

    @Test
    void aNewRevisionThatIsGivenUpLeavesTheOldOneAndItsRecord() {
        List<ReplicaView> there = List.of(
                new ReplicaView("old", false, false, ReplicaPhase.READY, 1),
                new ReplicaView("new", false, true, ReplicaPhase.UNHEALTHY, 2));
        assertThat(new StepPlanner(new ServerShare(1, true), new Latitude(1, true, true), there).next())
                .isEqualTo(new Retire("new", true));
    }

    @Test
    void anUnhealthyReplicaWaitsForItsTurn() {
        List<ReplicaView> there = List.of(
                new ReplicaView("a", false, true, ReplicaPhase.UNHEALTHY, 1),
                new ReplicaView("b", false, true, ReplicaPhase.READY, 2));
        assertThat(new StepPlanner(new ServerShare(2, true), new Latitude(1, false, false), there).next())
                .isInstanceOf(WaitFor.class);
        assertThat(new StepPlanner(new ServerShare(2, true), Latitude.USUAL, there).next())
                .isEqualTo(new Add());
    }
}
