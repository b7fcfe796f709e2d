// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.engine.Waiters.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Removals that still run under names that a new graph wants. */
final class Removals {

    private final GraphStore store;
    private final Views views;
    private final Waiters waiters;
    private final Consumer<GraphId> wake;
    private final Duration removalWait;

    Removals(GraphStore store, Views views, Waiters waiters, Consumer<GraphId> wake, Duration removalWait) {
        this.store = store;
        this.views = views;
        this.waiters = waiters;
        this.wake = wake;
        this.removalWait = removalWait;
    }

    /** A name or service id whose removal still runs is waited for. */
    void await(Graph graph) {
        long deadline = System.nanoTime() + removalWait.toNanos();
        for (GraphRecord record : leavingRecords(graph)) {
            Waiter waiter = waiters.wait(record.id(), Long.MAX_VALUE, Long.MAX_VALUE);
            if (store.find(record.id()).isEmpty()) {
                waiters.gone(record.id(), views.of(record));
                continue;
            }
            wake.accept(record.id());
            try {
                waiter.done().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw SmoException.conflict("The removal of graph %s is not finished after %d s; try again later"
                        .formatted(record.id(), removalWait.toSeconds()));
            } catch (ExecutionException e) {
                throw SmoException.conflict(
                        "The removal of graph %s failed: %s".formatted(record.id(), e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SmoException.conflict(
                        "Interrupted while waiting for the removal of graph %s".formatted(record.id()));
            }
        }
    }

    private List<GraphRecord> leavingRecords(Graph graph) {
        List<String> wanted = graph.services().stream().map(ServiceSpec::id).toList();
        return store.list(graph.id().project()).stream()
                .filter(record -> record.desired().state() == DesiredState.REMOVED)
                .filter(record -> record.id().equals(graph.id())
                        || record.desired().services().stream().anyMatch(wanted::contains))
                .toList();
    }
}
