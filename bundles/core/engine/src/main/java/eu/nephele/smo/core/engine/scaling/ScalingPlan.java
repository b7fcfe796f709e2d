// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Inputs of decisions on the replicas of a graph: its last pass provides them, and as long as nothing changes, nothing
 * is read. The plans of all graphs are in memory at once (about 400 bytes per service), so they contain nothing whose
 * size depends on users. Equal plans lead to the same decisions.
 *
 * @param open whether replicas may be decided now: it runs, it is not paused, and no move is under way
 * @param priority of the graph
 * @param bound of all its services together
 * @param services those that do not wait for a trigger; none when the graph is paused
 */
record ScalingPlan(
        GraphId graph,
        long generation,
        boolean open,
        int priority,
        Optional<TotalBound> bound,
        List<ScaledService> services) {

    /**
     * @param present replicas of all services, also of those that wait for a trigger
     * @param most that the graph may have in all
     */
    record TotalBound(int present, int most) {}

    /**
     * @param wishes requested scaling strategies with their origins, most important first
     * @param callers services of the graph that call it
     * @param hold replicas that a person has set, expired ones included
     * @param scaledAt last change of its replicas
     */
    record ScaledService(
            String service,
            List<SourcedSelection> wishes,
            ServiceScaling scaling,
            ArtifactVersion artifact,
            EffectiveService needs,
            List<String> callers,
            Optional<ReplicaHold> hold,
            Optional<Instant> scaledAt,
            List<Share> shares) {

        boolean held(Instant now) {
            return hold.filter(each -> each.counts(now)).isPresent();
        }

        int totalReplicas() {
            return shares.stream().mapToInt(Share::replicas).sum();
        }
    }

    ScalingPlan {
        services = List.copyOf(services);
    }

    /** Empty of services before the first decision. */
    static ScalingPlan of(GraphRecord record, Graph graph) {
        boolean paused = record.desired().paused();
        List<ScaledService> services = paused || record.decided().isEmpty()
                ? List.of()
                : graph.services().stream()
                        .filter(service -> !record.desired().awaitsTrigger(service))
                        .map(service -> part(record, record.decided().get(), graph, service))
                        .toList();
        return new ScalingPlan(
                record.id(),
                record.desired().generation(),
                isOpen(record),
                graph.priority(),
                record.decided().flatMap(ScalingPlan::bound),
                services);
    }

    private static Optional<TotalBound> bound(DecidedGraph decided) {
        OptionalInt most = decided.constraints().maxReplicasOverall();
        Placement placement = decided.placement();
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(new TotalBound(
                        placement.shares().keySet().stream()
                                .mapToInt(placement::replicasOf)
                                .sum(),
                        most.getAsInt()));
    }

    /** Replicas that persons have set, by service. */
    Map<String, ReplicaHold> holds() {
        Map<String, ReplicaHold> holds = new TreeMap<>();
        services.forEach(service -> service.hold().ifPresent(hold -> holds.put(service.service(), hold)));
        return holds;
    }

    /** Returns whether a service may have no replicas at all. */
    boolean mayRest(String service) {
        return services.stream()
                .anyMatch(each -> each.service().equals(service)
                        && each.scaling().minReplicas().orElse(1) == 0);
    }

    private static boolean isOpen(GraphRecord record) {
        GraphPhase phase = record.observed().phase();
        return record.desired().state() == DesiredState.RUNNING
                && !record.desired().paused()
                && (phase == GraphPhase.RUNNING || phase == GraphPhase.WAITING)
                && record.decided().map(decided -> !decided.inTransit()).orElse(false);
    }

    private static ScaledService part(GraphRecord record, DecidedGraph decided, Graph graph, ServiceSpec service) {
        Placement placement = decided.placement();
        return new ScaledService(
                service.id(),
                wishes(record, graph, service),
                service.scaling(),
                ArtifactVersion.of(service.artifact().reference()),
                decided.effective(service.id()),
                graph.links().stream()
                        .filter(link -> link.to().equals(service.id()))
                        .map(Link::from)
                        .toList(),
                Optional.ofNullable(record.desired().holds().get(service.id())),
                Optional.ofNullable(record.observed().services().get(service.id()))
                        .flatMap(ObservedService::scaledAt),
                placement.of(service.id()));
    }

    static List<SourcedSelection> wishes(GraphRecord record, Graph graph, ServiceSpec service) {
        return List.of(
                new SourcedSelection(
                        "request", record.desired().declaration().override().scaling()),
                new SourcedSelection("service", service.scaling().strategy()),
                new SourcedSelection("descriptor", graph.scaling()));
    }
}
