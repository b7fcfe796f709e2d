// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the world one step nearer to what was decided and says how far it is. Every step is idempotent; one service that fails
 * does not hold up the others.
 */
final class Rollout {

    /**
     * How far a graph is.
     *
     * @param services what was seen and done per service
     * @param converged whether the world is as wanted
     * @param progressing whether something was changed or is starting, as opposed to broken
     * @param arrived whether a move that was under way is done: the places left are empty
     * @param failure the first failure of an outside system
     * @param message what is still open, for people
     */
    record Report(
            Map<String, ObservedService> services,
            boolean converged,
            boolean progressing,
            boolean arrived,
            Optional<AdapterException> failure,
            String message) {}

    private final Ports ports;
    private final Releases releases;
    private final RolloutPass.Means means;

    Rollout(Ports ports, ClusterBoard board, Releases releases, Clock clock) {
        this.ports = ports;
        this.releases = releases;
        this.means = new RolloutPass.Means(board, releases, clock);
    }

    /** Installs, moves and scales what is open. */
    Report advance(GraphRecord record, Graph graph, Decided decided) {
        List<WorkloadRef> refs = refs(graph);
        Map<WorkloadRef, WorkloadObservation> seen;
        try {
            seen = ports.observe(refs);
        } catch (AdapterException e) {
            return unseen(record, e);
        }
        RolloutPass pass = new RolloutPass(means, record, graph, decided, seen);
        pass.evictMisplaced();
        graph.services().forEach(pass::advance);
        return pass.report();
    }

    /** Removes everything of the graph; goes on past failures and reports the first one. */
    Report takeDown(GraphRecord record, Graph graph) {
        Optional<AdapterException> failure = Optional.empty();
        for (ServiceSpec service : graph.services()) {
            try {
                releases.remove(record, service);
            } catch (AdapterException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services()
                .forEach(service -> services.put(
                        service.id(), new ObservedService(ServiceState.NOT_DEPLOYED, 0, 0, Optional.empty(), "")));
        try {
            boolean empty = ports.observe(refs(graph)).isEmpty();
            return new Report(services, empty && failure.isEmpty(), true, false, failure, message(failure));
        } catch (AdapterException e) {
            return new Report(services, false, false, false, failure.or(() -> Optional.of(e)), e.getMessage());
        }
    }

    /** A move of the graph is over. */
    void moved(GraphRecord record) {
        releases.forgetMoves(record.id());
    }

    private static String message(Optional<AdapterException> failure) {
        return failure.map(AdapterException::getMessage).orElse("");
    }

    private static List<WorkloadRef> refs(Graph graph) {
        return graph.services().stream()
                .map(service -> new WorkloadRef(graph.id(), service.id()))
                .toList();
    }

    private static Report unseen(GraphRecord record, AdapterException e) {
        return new Report(record.observed().services(), false, false, false, Optional.of(e), e.getMessage());
    }
}
