// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import eu.nephele.smo.adapters.docker.model.NextStep.Add;
import eu.nephele.smo.adapters.docker.model.NextStep.Drop;
import eu.nephele.smo.adapters.docker.model.NextStep.Reached;
import eu.nephele.smo.adapters.docker.model.NextStep.Retire;
import eu.nephele.smo.adapters.docker.model.NextStep.Start;
import eu.nephele.smo.adapters.docker.model.NextStep.WaitFor;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides the next step from what is there, and from nothing else: repeated until it is reached, it leads there from
 * every state in
 * which a crash, an operator or an engine may leave a server. Never fewer ready replicas than wanted by its own doing,
 * as long as one
 * more than wanted may run.
 */
public record StepPlanner(ServerShare wanted, Latitude latitude, List<ReplicaView> containers) {

    private static final Comparator<ReplicaView> OLDEST_FIRST =
            Comparator.comparingLong(ReplicaView::createdAt).thenComparing(ReplicaView::id);

    public StepPlanner {
        containers = containers.stream().sorted(OLDEST_FIRST).toList();
    }

    public NextStep next() {
        return (latitude.givenUp() && count(old()) > 0 ? withoutTheNew() : towardsTheNew())
                .or(this::spares)
                .orElseGet(this::rest);
    }

    /** The newest revision never got well: its replicas become the spare that records it, older ones are kept. */
    private Optional<NextStep> withoutTheNew() {
        return first(current())
                .<NextStep>map(replica -> new Retire(replica.id(), !hasSpare()))
                .or(() -> first(old().filter(replica -> replica.is(ReplicaPhase.STOPPED)))
                        .map(this::start));
    }

    private Optional<NextStep> towardsTheNew() {
        long total = count(current()) + count(old());
        if (total > wanted.replicas()) {
            Optional<NextStep> less = fewer();
            if (less.isPresent()) {
                return less;
            }
        }
        Optional<ReplicaView> stopped = first(current().filter(replica -> replica.is(ReplicaPhase.STOPPED)));
        if (stopped.isPresent()) {
            return stopped.map(this::start);
        }
        long serving = count(current()) - count(unhealthy());
        if (serving >= wanted.replicas()) {
            return Optional.empty();
        }
        if (total < (long) wanted.replicas() + latitude.surge()) {
            boolean replaces = count(unhealthy()) > 0 && total >= wanted.replicas();
            return Optional.of(
                    replaces && !latitude.mayReplace()
                            ? new WaitFor("the pause before the next replacement")
                            : new Add());
        }
        return latitude.surge() == 0 ? makeRoom() : Optional.empty();
    }

    /** Without room for one more, one goes before the next comes; never two at a time. */
    private Optional<NextStep> makeRoom() {
        if (current().anyMatch(replica -> replica.is(ReplicaPhase.STARTING)) || !latitude.mayReplace()) {
            return Optional.empty();
        }
        return first(old().filter(replica -> !replica.is(ReplicaPhase.READY)))
                .or(() -> first(old()))
                .or(() -> first(unhealthy()))
                .map(replica -> new Retire(replica.id(), false));
    }

    /** More than wanted are there: which of them goes now. */
    private Optional<NextStep> fewer() {
        boolean starting = current().anyMatch(replica -> replica.is(ReplicaPhase.STARTING));
        boolean spareReady = ready() - 1 >= wanted.replicas();
        Optional<ReplicaView> leaving = first(
                        old().filter(replica -> !replica.is(ReplicaPhase.READY)).filter(replica -> !starting))
                .or(() -> first(old().filter(replica -> spareReady)));
        if (leaving.isEmpty() && count(current()) > wanted.replicas()) {
            leaving = first(unhealthy().filter(replica -> !starting || ready() >= wanted.replicas()))
                    .or(() -> last(current().filter(replica -> replica.is(ReplicaPhase.STOPPED))))
                    .or(() -> last(current()
                            .filter(replica -> replica.is(ReplicaPhase.STARTING))
                            .filter(replica -> count(unhealthy()) == 0)))
                    .or(() -> last(current().filter(replica -> replica.is(ReplicaPhase.READY) && spareReady)));
        }
        if (leaving.isEmpty() && !starting && count(old()) > 0 && count(current()) > 1) {
            // others of its revision are well: it is in the way of the one that takes over from an old one
            leaving = first(unhealthy());
        }
        return leaving.map(replica -> new Retire(
                replica.id(), wanted.keepsRecord() && replica.current() && count(current()) == 1 && !hasSpare()));
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
        boolean done = count(old()) == 0
                && count(current()) == wanted.replicas()
                && current().allMatch(replica -> replica.is(ReplicaPhase.READY));
        if (done) {
            return new Reached();
        }
        return new WaitFor("%d of %d replicas are ready, %d of them are of an older revision"
                .formatted(
                        ready(),
                        wanted.replicas(),
                        old().filter(replica -> replica.is(ReplicaPhase.READY)).count()));
    }

    private NextStep start(ReplicaView replica) {
        return new Start(replica.id());
    }

    private boolean hasSpare() {
        return containers.stream().anyMatch(container -> container.spare() && container.current());
    }

    private long ready() {
        return count(replicas(replica -> replica.is(ReplicaPhase.READY)));
    }

    private Stream<ReplicaView> current() {
        return replicas(ReplicaView::current);
    }

    private Stream<ReplicaView> old() {
        return replicas(replica -> !replica.current());
    }

    private Stream<ReplicaView> unhealthy() {
        return current().filter(replica -> replica.is(ReplicaPhase.UNHEALTHY));
    }

    private Stream<ReplicaView> replicas(Predicate<ReplicaView> which) {
        return containers.stream().filter(container -> !container.spare()).filter(which);
    }

    private static long count(Stream<ReplicaView> replicas) {
        return replicas.count();
    }

    private static Optional<ReplicaView> first(Stream<ReplicaView> replicas) {
        return replicas.findFirst();
    }

    private static Optional<ReplicaView> last(Stream<ReplicaView> replicas) {
        return replicas.reduce((earlier, later) -> later);
    }
}
