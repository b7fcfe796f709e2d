// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.DeployedGraph;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ActualState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Observed state of the services of one graph, beside their decisions. */
final class ObservedDeployment implements ActualState {

    /** Tolerance for differences between the clocks of clusters. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    final GraphRecord record;
    final Graph graph;
    final DecidedGraph decided;
    private final ClusterInventory clusterInventory;
    private final RolloutStatus status;
    private final Map<WorkloadRef, WorkloadObservation> seen;

    ObservedDeployment(
            ClusterInventory clusterInventory,
            GraphRecord record,
            Graph graph,
            DecidedGraph decided,
            Map<WorkloadRef, WorkloadObservation> seen) {
        this.clusterInventory = clusterInventory;
        this.status = new RolloutStatus(clusterInventory);
        this.record = record;
        this.graph = graph;
        this.decided = decided;
        this.seen = seen;
    }

    private WorkloadObservation withOthersOfTheChange(WorkloadObservation there) {
        if (there.beside().isEmpty()) {
            return there;
        }
        Map<ClusterId, List<Beside>> counted = new TreeMap<>(there.beside());
        counted.keySet().removeIf(cluster -> hasConverged() || !isPlacedOn(there, cluster));
        counted.replaceAll((cluster, others) -> others.stream()
                .filter(other -> !isOfThePast(other) && !isOfNodes(other))
                .toList());
        counted.values().removeIf(List::isEmpty);
        return there.withBeside(counted);
    }

    /** A Job that failed before the change does not concern it: it is not created again. */
    private boolean isOfThePast(Beside other) {
        Instant change = record.desired().times().updatedAt().minus(CLOCK_TOLERANCE);
        return other.givenUp()
                && other.madeAt().filter(made -> made.isBefore(change)).isPresent();
    }

    /**
     * Returns whether the other workload belongs to the nodes. The former workload runs again where it can: on an
     * unavailable node it may not have run before, either.
     */
    private boolean isOfNodes(Beside other) {
        long good = record.observed().goodRevision();
        return other.lacksNodes()
                && good > 0
                && good == record.desired().declaration().revision();
    }

    private boolean isPlacedOn(WorkloadObservation there, ClusterId cluster) {
        return graph.staticPlacement()
                || decided.placement().of(there.workload().service()).stream()
                        .anyMatch(share -> share.cluster().equals(cluster) && share.replicas() > 0);
    }

    /** Returns whether the last request of a user was reached once: later changes concern the service alone. */
    private boolean hasConverged() {
        return record.observed().convergedGeneration() == record.desired().generation();
    }

    /** The reason to fail: the roll-out of the service, or of another one of its release, was given up. */
    Optional<String> givenUp(String service) {
        WorkloadObservation there = observation(service);
        return there.failure().or(() -> there.beside().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(Beside::givenUp)
                        .map(other -> "%s: %s".formatted(entry.getKey().name(), other.waitsFor())))
                .findFirst());
    }

    ObservedService last(String service) {
        return record.observed().services().getOrDefault(service, ObservedService.NOTHING);
    }

    /** Returns whether it is there, or was when its move was decided: its move then continues. */
    @Override
    public boolean has(String service) {
        return seen(service).isPresent() || !leaving(service).isEmpty();
    }

    @Override
    public List<Share> places(String service) {
        List<Share> leaving = leaving(service);
        return leaving.isEmpty() ? decided.placement().of(service) : leaving;
    }

    /** Compared with the decision that a pass has carried out last; later changes of others are drift. */
    @Override
    public boolean isUpToDate(String service, DeployedGraph after) {
        return last(service).assignment() == decided.assignment();
    }

    @Override
    public Set<String> leftovers() {
        return record.desired().retiring().keySet();
    }

    private List<Share> leaving(String service) {
        return decided.transition().leaving().of(service).stream()
                .filter(share -> clusterInventory.ready(share.cluster()))
                .toList();
    }

    /** Clusters without capacity for new pods beside the old ones, for people; empty without such. */
    Optional<String> lacksRoom(String service) {
        return status.lacksRoom(
                observation(service),
                decided.placement().of(service),
                decided.effective(service).perReplica());
    }

    /** Returns whether it is as decided at its places, exactly or beside replicas that are to be given up. */
    boolean isThere(String service) {
        List<Share> target = decided.placement().of(service);
        List<Share> meanwhile = meanwhile(service).stream()
                .filter(share -> decided.placement().clustersOf(service).contains(share.cluster()))
                .toList();
        return status.waitsFor(observation(service), target).isEmpty()
                || (!meanwhile.equals(target)
                        && status.waitsFor(observation(service), meanwhile).isEmpty());
    }

    /** Returns its places while a move is under way: old and new, with the larger number where it is both. */
    List<Share> meanwhile(String service) {
        Map<ClusterId, Integer> replicas = new TreeMap<>();
        Stream.concat(decided.placement().of(service).stream(), leaving(service).stream())
                .forEach(share -> replicas.merge(share.cluster(), share.replicas(), Math::max));
        return replicas.entrySet().stream()
                .map(entry -> new Share(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Ready clusters on which a service is without a reservation there. */
    Map<ClusterId, OnCluster> elsewhere(String service) {
        Map<ClusterId, OnCluster> elsewhere = new TreeMap<>(observation(service).byCluster());
        elsewhere
                .entrySet()
                .removeIf(entry -> !hasPods(entry.getValue())
                        || !clusterInventory.ready(entry.getKey())
                        || decided.placement().clustersOf(service).contains(entry.getKey())
                        || (!decided.transition().breakFirst()
                                && decided.transition()
                                        .leaving()
                                        .clustersOf(service)
                                        .contains(entry.getKey())));
        return elsewhere;
    }

    /** Returns its ready replicas, by cluster that has any. */
    List<Share> ready(String service) {
        return observation(service).byCluster().entrySet().stream()
                .filter(on -> on.getValue().readyReplicas() > 0)
                .map(on -> new Share(on.getKey(), on.getValue().readyReplicas()))
                .toList();
    }

    /** Returns whether its pods ask for more than was decided. */
    boolean isTooLarge(String service) {
        Resources perReplica = decided.effective(service).perReplica();
        return observation(service).byCluster().values().stream()
                .anyMatch(on -> !on.requested().fitsInto(perReplica.times(on.desiredReplicas())));
    }

    /** Returns whether it shall run, as opposed to wait for its event. */
    boolean isRunning(ServiceSpec service) {
        return !record.desired().awaitsTrigger(service);
    }

    /** Returns whether what others depend on serves, or is not part of the graph. */
    boolean isReady(String service) {
        return graph.service(service).isEmpty() || isAvailable(service);
    }

    /** Returns whether all replicas that were decided serve, of whichever revision. */
    boolean isAvailable(String service) {
        WorkloadObservation there = observation(service);
        return graph.staticPlacement()
                ? !there.byCluster().isEmpty()
                        && there.byCluster().values().stream().allMatch(on -> on.isAvailable(on.desiredReplicas()))
                : status.isAvailable(there, decided.placement().of(service));
    }

    /** Returns the missing part until it is exactly as decided; empty if nothing is missing. */
    Optional<String> waitsFor(String service) {
        WorkloadObservation there = observation(service);
        return graph.staticPlacement()
                ? status.waitsForChart(there)
                : status.waitsFor(there, decided.placement().of(service));
    }

    /** Returns whether this process, or a former one, left the service complete for exactly this decision. */
    boolean wasComplete(ServiceSpec service) {
        ObservedService last = last(service.id());
        return last.assignment() == decided.assignment()
                && last.state() != ServiceState.DEPLOYING
                && last.settled().equals(decided.placement().of(service.id()))
                && !decided.inTransit()
                && hasConverged();
    }

    /** Returns whether more of a service runs on some ready cluster than was decided. */
    boolean exceeds(String service) {
        return !surplus(service).isEmpty();
    }

    /** Returns the replicas beyond the decided ones, for people; only ready clusters can be observed. */
    List<String> surplus(String service) {
        return graph.staticPlacement()
                ? List.of()
                : observation(service).byCluster().entrySet().stream()
                        .filter(entry -> clusterInventory.ready(entry.getKey()))
                        .flatMap(entry -> surplus(service, entry.getKey(), entry.getValue()).stream()
                                .map(what -> "%s: %s: %s"
                                        .formatted(service, entry.getKey().name(), what)))
                        .toList();
    }

    private Optional<String> surplus(String service, ClusterId cluster, OnCluster on) {
        int wanted = decided.placement().of(service).stream()
                .filter(share -> share.cluster().equals(cluster))
                .mapToInt(Share::replicas)
                .sum();
        if (on.desiredReplicas() > wanted) {
            return Optional.of("%d of %d replicas are still to be removed"
                    .formatted(on.desiredReplicas() - wanted, on.desiredReplicas()));
        }
        return wanted == 0 && hasPods(on)
                ? Optional.of(
                        on.replicas() == 0 ? "it is being removed" : "%d pods are still there".formatted(on.replicas()))
                : Optional.empty();
    }

    WorkloadRef ref(String service) {
        return new WorkloadRef(graph.id(), service);
    }

    Map<WorkloadRef, WorkloadObservation> seen() {
        return seen;
    }

    Optional<WorkloadObservation> seen(String service) {
        return Optional.ofNullable(seen.get(ref(service))).map(this::withOthersOfTheChange);
    }

    WorkloadObservation observation(String service) {
        return seen(service).orElseGet(() -> new WorkloadObservation(ref(service), Map.of(), ""));
    }

    private static boolean hasPods(OnCluster on) {
        return on.desiredReplicas() > 0
                || on.replicas() > 0
                || on.readyReplicas() > 0
                || !on.requested().isZero();
    }
}
