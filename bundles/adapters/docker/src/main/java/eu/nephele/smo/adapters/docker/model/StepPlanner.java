// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Rename;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.Vacate;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides the next step from what is there, and from nothing else: repeated until it is reached, it leads there from
 * every state in which a crash, an operator or an engine may leave a server. A replica of a new revision takes the place
 * of an old one, which leaves when the new one is ready: never fewer ready replicas than wanted by its own doing, but
 * for those that may be missing, and never more than wanted but for those that take over.
 */
public record StepPlanner(ServerShare wanted, Latitude latitude, List<ReplicaView> containers) {

    private static final Comparator<ReplicaView> OLDEST_FIRST =
            Comparator.comparingLong(ReplicaView::createdAt).thenComparing(ReplicaView::id);

    /** What serves least goes first. */
    private static final List<ReplicaPhase> NOT_READY =
            List.of(ReplicaPhase.STOPPED, ReplicaPhase.PAUSED, ReplicaPhase.UNHEALTHY, ReplicaPhase.STARTING);

    public StepPlanner {
        containers = containers.stream().sorted(OLDEST_FIRST).toList();
    }

    public NextStep next() {
        return (latitude.givenUp() && old().findAny().isPresent() ? withoutTheNew() : towardsTheNew())
                .or(this::spares)
                .orElseGet(this::rest);
    }

    /**
     * The newest revision does not get well: those of its replicas that are not ready go, and older ones are kept. One of
     * them becomes the spare that records it, if no other replica does.
     */
    private Optional<NextStep> withoutTheNew() {
        return first(current().filter(replica -> !replica.is(ReplicaPhase.READY)))
                .or(() -> first(current()
                        .filter(replica -> ready() - 1 >= wanted.replicas())
                        .filter(replica -> hasOther(replica, other -> !other.current()))))
                .map(this::retired)
                .or(() -> first(old().filter(replica -> replica.is(ReplicaPhase.STOPPED)))
                        .map(replica -> new Start(replica.id())));
    }

    private Optional<NextStep> towardsTheNew() {
        return fewer().or(this::stopped).or(this::further);
    }

    /** More than wanted are there: which of them goes now. */
    private Optional<NextStep> fewer() {
        if (remaining() <= wanted.replicas()) {
            return Optional.empty();
        }
        return oldThatGoes().or(this::currentThatGoes).map(this::retired).or(this::moved);
    }

    private Optional<ReplicaView> oldThatGoes() {
        return worst(old().filter(this::leavesNoGap).filter(this::isOfNoUse))
                .or(() -> first(old().filter(this::leavesNoGap)
                        .filter(replica -> replica.is(ReplicaPhase.READY) && canSpareOne())));
    }

    /** An old one that is not ready is kept while it may get well again, and its successor is not there yet. */
    private boolean isOfNoUse(ReplicaView old) {
        return !old.is(ReplicaPhase.READY)
                && (isLeftOver()
                        || hasOther(old, other -> other.is(ReplicaPhase.READY))
                        || hasOther(old, other -> !other.current() && OLDEST_FIRST.compare(other, old) < 0));
    }

    /** A place that nobody has would not be wanted any more. */
    private boolean leavesNoGap(ReplicaView replica) {
        return isLeftOver() || hasOtherStaying(replica);
    }

    /** More places are there than are wanted. */
    private boolean isLeftOver() {
        return ReplicaView.places(staying().toList()) > wanted.replicas();
    }

    /** Two are ready in one place: the second one takes over from one that is not ready, or both are new, from an old one. */
    private Optional<NextStep> moved() {
        Predicate<ReplicaView> ready = replica -> replica.is(ReplicaPhase.READY);
        List<ReplicaView> alone =
                staying().filter(replica -> !hasOther(replica, any -> true)).toList();
        Optional<NextStep> fromBroken = last(staying().filter(ready).filter(replica -> hasOther(replica, ready)))
                .flatMap(second -> worst(alone.stream()).map(broken -> takingOver(second, broken)));
        return fromBroken.or(() -> last(current()
                        .filter(ready)
                        .filter(replica -> hasOther(replica, ready.and(ReplicaView::current))))
                .flatMap(second -> first(alone.stream().filter(replica -> !replica.current()))
                        .map(old -> takingOver(second, old))));
    }

    private static NextStep takingOver(ReplicaView second, ReplicaView other) {
        return new Rename(second.id(), Optional.of(other.id()));
    }

    private Optional<ReplicaView> currentThatGoes() {
        boolean starting = current().anyMatch(replica -> replica.is(ReplicaPhase.STARTING));
        boolean sick = unhealthy().findAny().isPresent();
        if (current().count() > wanted.replicas()) {
            return first(unhealthy().filter(this::leavesNoGap).filter(any -> !starting || ready() >= wanted.replicas()))
                    .or(() -> last(current().filter(this::leavesNoGap).filter(ReplicaView::isDown)))
                    .or(() -> last(current()
                            .filter(replica -> replica.is(ReplicaPhase.STARTING))
                            .filter(any -> !sick && isLeftOver())))
                    .or(() -> last(current()
                            .filter(this::leavesNoGap)
                            .filter(replica -> replica.is(ReplicaPhase.READY) && canSpareOne())));
        }
        boolean othersAreWell = current().anyMatch(replica -> replica.is(ReplicaPhase.READY));
        // it is in the way of the one that takes over from an old one
        return !starting && othersAreWell && old().findAny().isPresent()
                ? first(unhealthy().filter(this::hasOtherStaying))
                : Optional.empty();
    }

    private Optional<NextStep> stopped() {
        // without room for both, the old one ends before a new one is made
        return first(current().filter(replica -> replica.is(ReplicaPhase.STOPPED)))
                .map(replica -> latitude.beside() || !hasOther(replica, StepPlanner::isInTheWay)
                        ? new Start(replica.id())
                        : retired(replica));
    }

    private static boolean isInTheWay(ReplicaView other) {
        return !other.current() && !other.isDown();
    }

    /** Fewer than wanted are of the newest revision: where the next one begins. */
    private Optional<NextStep> further() {
        if (places() < wanted.replicas()) {
            Optional<ReplicaView> second = last(staying().filter(this::hasOtherStaying));
            if (second.isPresent()) {
                return second.map(replica -> new Rename(replica.id(), Optional.empty()));
            }
        }
        long serving = current().count() - unhealthy().count();
        if (serving >= wanted.replicas()) {
            return Optional.empty();
        }
        boolean more = doubled() < latitude.replacing();
        Optional<ReplicaView> vacated = first(old().filter(ReplicaView::isDown).filter(old -> !hasSuccessor(old)));
        if (vacated.isPresent() && places() <= wanted.replicas()) {
            // until its turn comes, it may run
            return more
                    ? vacated.map(replica -> new Add(Optional.of(replica.id())))
                    : vacated.filter(replica -> replica.is(ReplicaPhase.STOPPED))
                            .map(replica -> new Start(replica.id()));
        }
        Optional<ReplicaView> sick = first(unhealthy().filter(replica -> !hasOther(replica, other -> true)));
        if (sick.isPresent() && total() >= wanted.replicas()) {
            return replaced(sick.get(), more);
        }
        if (places() < wanted.replicas()) {
            return total() < wanted.replicas() ? Optional.of(new Add(Optional.empty())) : Optional.empty();
        }
        boolean waits = unhealthy().anyMatch(replica -> hasOther(replica, other -> !other.current()));
        return waits || !more ? Optional.empty() : nextOld();
    }

    private Optional<NextStep> replaced(ReplicaView sick, boolean more) {
        if (!latitude.mayReplace()) {
            return Optional.of(new WaitFor("the pause before the next replacement"));
        }
        if (latitude.beside()) {
            return more && fits() ? Optional.of(new Add(Optional.of(sick.id()))) : Optional.empty();
        }
        return current().anyMatch(replica -> replica.is(ReplicaPhase.STARTING))
                ? Optional.empty()
                : Optional.of(retired(sick));
    }

    private Optional<NextStep> nextOld() {
        List<ReplicaView> next = old().filter(replica -> !hasSuccessor(replica)).toList();
        if (!latitude.beside()) {
            return makeRoom(next.stream());
        }
        return fits()
                ? worst(next.stream()).or(() -> next.stream().findFirst()).map(old -> new Add(Optional.of(old.id())))
                : Optional.empty();
    }

    /** Without room for one more, one goes before the next comes, if it may be missing meanwhile. */
    private Optional<NextStep> makeRoom(Stream<ReplicaView> candidates) {
        return first(candidates.filter(this::mayBeMissing)).map(replica -> new Vacate(replica.id()));
    }

    private boolean mayBeMissing(ReplicaView old) {
        long without = old.is(ReplicaPhase.READY) ? ready() - 1 : ready();
        return old.is(ReplicaPhase.UNHEALTHY) || without >= (long) wanted.replicas() - latitude.missing();
    }

    /** One spare of the newest revision records a workload of which nothing runs; any other is in the way. */
    private Optional<NextStep> spares() {
        List<ReplicaView> newest = containers.stream()
                .filter(container -> container.spare() && container.current())
                .toList();
        boolean recorded = !newest.isEmpty() || current().findAny().isPresent();
        return containers.stream()
                .filter(ReplicaView::spare)
                .filter(container -> container.current()
                        ? !wanted.keepsRecord() || newest.indexOf(container) < newest.size() - 1
                        : recorded || !wanted.keepsRecord())
                .findFirst()
                .map(container -> new Drop(container.id()));
    }

    private NextStep rest() {
        boolean done = total() == wanted.replicas()
                && current().filter(replica -> replica.is(ReplicaPhase.READY)).count() == wanted.replicas();
        if (done) {
            return new Reached();
        }
        long older = old().filter(replica -> replica.is(ReplicaPhase.READY)).count();
        return new WaitFor("%d of %d replicas are ready, %d of them are of an older revision%s"
                .formatted(
                        ready(),
                        wanted.replicas(),
                        older,
                        older > 0 && !latitude.beside() && latitude.missing() == 0 && doubled() == 0
                                ? "; the server has no room for one more, and none may be missing meanwhile"
                                : ""));
    }

    private NextStep retired(ReplicaView replica) {
        return new Retire(
                replica.id(),
                wanted.keepsRecord() && replica.current() && current().count() == 1 && !hasSpare());
    }

    private boolean hasSpare() {
        return containers.stream().anyMatch(container -> container.spare() && container.current());
    }

    private boolean canSpareOne() {
        return ready() - 1 >= wanted.replicas();
    }

    /** Whether one more beyond those wanted is within the number that may take over at once. */
    private boolean fits() {
        return total() < (long) wanted.replicas() + latitude.replacing();
    }

    private boolean hasSuccessor(ReplicaView old) {
        return hasOther(old, ReplicaView::current);
    }

    private boolean hasOtherStaying(ReplicaView replica) {
        return hasOther(replica, other -> !other.is(ReplicaPhase.LEAVING));
    }

    private boolean hasOther(ReplicaView replica, Predicate<ReplicaView> which) {
        return all().anyMatch(
                        other -> !other.equals(replica) && other.place().equals(replica.place()) && which.test(other));
    }

    private long ready() {
        return all().filter(replica -> replica.is(ReplicaPhase.READY)).count();
    }

    private long total() {
        return all().count();
    }

    private long remaining() {
        return all().filter(replica -> !replica.is(ReplicaPhase.LEAVING)).count();
    }

    private int places() {
        return ReplicaView.places(containers);
    }

    private int doubled() {
        return ReplicaView.doubled(containers);
    }

    private Stream<ReplicaView> all() {
        return containers.stream().filter(container -> !container.spare());
    }

    private Stream<ReplicaView> staying() {
        return all().filter(replica -> !replica.is(ReplicaPhase.LEAVING));
    }

    private Stream<ReplicaView> current() {
        return staying().filter(ReplicaView::current);
    }

    private Stream<ReplicaView> old() {
        return staying().filter(replica -> !replica.current());
    }

    private Stream<ReplicaView> unhealthy() {
        return current().filter(replica -> replica.is(ReplicaPhase.UNHEALTHY));
    }

    private static Optional<ReplicaView> worst(Stream<ReplicaView> replicas) {
        return replicas.filter(replica -> NOT_READY.contains(replica.phase()))
                .min(Comparator.<ReplicaView>comparingInt(replica -> NOT_READY.indexOf(replica.phase()))
                        .thenComparing(OLDEST_FIRST));
    }

    private static Optional<ReplicaView> first(Stream<ReplicaView> replicas) {
        return replicas.findFirst();
    }

    private static Optional<ReplicaView> last(Stream<ReplicaView> replicas) {
        return replicas.reduce((earlier, later) -> later);
    }
}
