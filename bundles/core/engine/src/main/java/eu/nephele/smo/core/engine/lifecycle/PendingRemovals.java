// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphSummary;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.time.Duration;
import java.util.List;

/** Removals that still run under names that a new graph needs. */
final class PendingRemovals {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final GraphRepository graphs;
    private final WorkQueue<GraphId> queue;
    private final Duration removalWait;

    PendingRemovals(GraphRepository graphs, WorkQueue<GraphId> queue, Duration removalWait) {
        this.graphs = graphs;
        this.queue = queue;
        this.removalWait = removalWait;
    }

    /** @throws SmoException {@code CONFLICT} when it does not end in time */
    void await(Graph graph) {
        await(graph, true);
    }

    /** @throws SmoException {@code CONFLICT} when it does not end in time */
    void awaitServices(Graph graph) {
        await(graph, false);
    }

    private void await(Graph graph, boolean nameToo) {
        List<GraphId> leaving = leaving(graph, nameToo);
        if (leaving.isEmpty()) {
            return;
        }
        leaving.forEach(queue::add);
        long deadline = System.nanoTime() + removalWait.toNanos();
        while (!leaving.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw SmoException.conflict("The removal of graph %s is not finished after %d s; try again later"
                        .formatted(leaving.get(0), removalWait.toSeconds()));
            }
            pause(leaving.get(0));
            leaving = leaving(graph, nameToo);
        }
    }

    private static void pause(GraphId leaving) {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SmoException.conflict("Interrupted while waiting for the removal of graph %s".formatted(leaving));
        }
    }

    private List<GraphId> leaving(Graph graph, boolean nameToo) {
        List<String> wanted = graph.services().stream().map(ServiceSpec::id).toList();
        return graphs.holding(graph.id(), wanted).stream()
                .filter(other -> {
                    boolean removed = other.state() == DesiredState.REMOVED;
                    boolean same = other.id().equals(graph.id());
                    boolean retires =
                            !same && other.retiring().keySet().stream().anyMatch(wanted::contains);
                    boolean goes = !same && removed && other.services().stream().anyMatch(wanted::contains);
                    return retires || goes || (nameToo && same && removed);
                })
                .map(GraphSummary::id)
                .toList();
    }
}
