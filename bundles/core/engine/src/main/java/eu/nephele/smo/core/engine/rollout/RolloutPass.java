// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.engine.alert.AlertRuleReconciler;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.DeployedGraph;
import eu.nephele.smo.core.engine.decision.DeploymentDiff;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ServiceChange;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One pass over the services of one graph: pending changes are requested, and judged by the observation. */
final class RolloutPass {

    record RolloutContext(
            AdapterPorts ports,
            ClusterInventory clusterInventory,
            ReleaseActuator releases,
            AlertRuleReconciler watches,
            Clock clock) {}

    private final AdapterPorts ports;
    private final ClusterInventory clusterInventory;
    private final ReleaseActuator releases;
    private final AlertRuleReconciler alertRuleReconciler;
    private final Clock clock;
    private final ObservedDeployment observedDeployment;
    private final DriftCheck driftCheck;
    private final DeploymentDiff deploymentDiff;
    private final GraphRecord record;
    private final Graph graph;
    private final DecidedGraph decided;
    private final boolean handsOff;
    private final Map<String, ObservedService> services = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private final Set<String> gone = new TreeSet<>();
    private final List<Drift> drift = new ArrayList<>();
    private final List<AdapterException> failures = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> evicted = new TreeSet<>();
    private boolean progressing;
    private boolean evicting;

    RolloutPass(RolloutContext rolloutContext, ObservedDeployment observedDeployment, boolean handsOff) {
        this.ports = rolloutContext.ports();
        this.clusterInventory = rolloutContext.clusterInventory();
        this.releases = rolloutContext.releases();
        this.alertRuleReconciler = rolloutContext.watches();
        this.clock = rolloutContext.clock();
        this.observedDeployment = observedDeployment;
        this.driftCheck = new DriftCheck(observedDeployment, clusterInventory, releases, clock);
        this.record = observedDeployment.record;
        this.graph = observedDeployment.graph;
        this.decided = observedDeployment.decided;
        this.deploymentDiff = new DeploymentDiff(
                record.desired(),
                observedDeployment,
                DeployedGraph.of(graph, decided),
                decided.transition().breakFirst());
        this.handsOff = handsOff;
    }

    /**
     * Removes replicas without a reservation before anything new begins, because they would count twice against the
     * clusters. If old and new do not fit side by side, the same holds for everything that leaves, retires or shrinks.
     */
    void makeRoom() {
        deploymentDiff.removals().forEach(removal -> {
            if ((decided.transition().breakFirst() || deploymentDiff.isReplaced(removal))
                    && observedDeployment.seen(removal.service()).isPresent()) {
                evicting = true;
                retire(removal);
            }
        });
        if (!graph.staticPlacement()) {
            graph.services().forEach(this::makeRoom);
        }
    }

    private void makeRoom(ServiceSpec service) {
        // a complete service that others moved is drift: perhaps it is only to be shown
        Map<ClusterId, OnCluster> elsewhere =
                observedDeployment.wasComplete(service) ? Map.of() : observedDeployment.elsewhere(service.id());
        if (!elsewhere.isEmpty()) {
            elsewhere.keySet().forEach(cluster -> evicted.add("%s on %s".formatted(service.id(), cluster.name())));
            evicting = true;
            // workloads that are ending already are waited for: to remove the release again would remove the new ones
            if (elsewhere.values().stream().anyMatch(on -> on.desiredReplicas() > 0)) {
                attempt(() -> releases.remove(record, service));
            }
        } else if (decided.transition().breakFirst() && observedDeployment.isRunning(service)) {
            shrink(service);
        }
    }

    /** Shrinks services that are larger than decided, in number or in needs; the next poll shows the effect. */
    private void shrink(ServiceSpec service) {
        boolean surplus = observedDeployment.exceeds(service.id());
        if (surplus || observedDeployment.isTooLarge(service.id())) {
            evicting |= surplus;
            List<Share> target = decided.placement().of(service.id());
            boolean failed = attempt(() -> evicting |= releases.ensure(
                            record, graph, service, decided, target, observedDeployment.seen(service.id())))
                    .isPresent();
            evicting |= failed;
        }
    }

    void advance(ServiceSpec service) {
        ObservedService last = observedDeployment.last(service.id());
        WorkloadRef workload = observedDeployment.ref(service.id());
        boolean watched = watch(service, workload);
        Optional<ServiceChange> change = deploymentDiff.compute(service);
        if (change.filter(any -> any.action() == Action.WATCH).isPresent()) {
            services.put(service.id(), awaiting(service, last, watched));
            return;
        }
        Optional<String> blocked = blocked(service);
        if (blocked.isPresent()) {
            progressing = true;
            services.put(
                    service.id(),
                    state(service, last, ServiceState.DEPLOYING, List.of(), last.assignment(), blocked.get()));
            open.add("%s: %s".formatted(service.id(), blocked.get()));
            return;
        }
        if (observedDeployment.wasComplete(service) && driftCheck.isKnown(service.id(), DriftCheck.VALUES)) {
            releases.suspect(
                    workload,
                    () -> releases.wanted(
                            graph, service, decided, decided.placement().of(service.id())));
        }
        List<Drift> changedOutside =
                observedDeployment.wasComplete(service) ? driftCheck.changedOutside(service) : List.of();
        drift.addAll(changedOutside);
        if (!changedOutside.isEmpty() && handsOff) {
            String what = DriftCheck.describe(changedOutside);
            open.add("%s: %s".formatted(service.id(), what));
            List<Share> ready = observedDeployment.ready(service.id());
            services.put(service.id(), state(service, last, ServiceState.DEGRADED, ready, last.assignment(), what));
            return;
        }
        if (!changedOutside.isEmpty() || releases.isTampered(workload)) {
            releases.distrust(workload);
            progressing = true;
        } else if (observedDeployment.wasComplete(service)) {
            releases.trust(
                    workload,
                    () -> releases.wanted(
                            graph, service, decided, decided.placement().of(service.id())));
        }
        Optional<AdapterException> failed = attempt(() -> apply(service, change));
        services.put(service.id(), judged(service, last, failed));
    }

    /**
     * In a graph that is started again before it has been taken down, services wait for their triggers again: their old
     * releases are removed first, also where a process installed one and died before it could note that.
     */
    private ObservedService awaiting(ServiceSpec service, ObservedService last, boolean watched) {
        boolean seen = observedDeployment.seen(service.id()).isPresent();
        boolean unnoted = last.assignment() == 0 && seen && mayBeOurs(service);
        if ((unnoted || last.assignment() > 0) && (isKept(service) || seen)) {
            String why = "is being removed and waits for its trigger again";
            open.add("%s: %s".formatted(service.id(), why));
            progressing = true;
            List<Share> ready = observedDeployment.ready(service.id());
            return state(
                    service,
                    last,
                    ServiceState.DEPLOYING,
                    ready,
                    unnoted ? decided.assignment() : last.assignment(),
                    why);
        }
        String message = watched ? "waits for its trigger" : "waits for its trigger; no alert rule watches for it";
        return new ObservedService(ServiceState.PENDING, List.of(), 0, Optional.empty(), List.of(), message);
    }

    /**
     * Returns whether it may be ours: a foreign release of the same name is never touched, and an unknown state is
     * polled again.
     */
    private boolean mayBeOurs(ServiceSpec service) {
        try {
            return releases.isOurs(
                    observedDeployment.ref(service.id()), service.artifact().runtime());
        } catch (AdapterException e) {
            failures.add(e);
            return false;
        }
    }

    /** Removes its release; returns whether that failed. */
    private boolean isKept(ServiceSpec service) {
        return attempt(() -> releases.remove(record, service)).isPresent();
    }

    /** Removes services that the descriptor no longer contains, last of all. */
    void retire() {
        deploymentDiff.removals().forEach(removal -> {
            String service = removal.service();
            if (observedDeployment.seen(service).isEmpty() || (failures.isEmpty() && open.isEmpty() && !evicting)) {
                boolean removed = retire(removal);
                if (removed && observedDeployment.seen(service).isEmpty()) {
                    gone.add(service);
                    return;
                }
            }
            open.add("%s: is being removed".formatted(service));
            progressing = true;
        });
    }

    /** Removes a release by the deployer that installed it; returns whether that succeeded. */
    private boolean retire(ServiceChange removal) {
        String service = removal.service();
        String artifactType = Objects.requireNonNull(record.desired().retiring().get(service));
        return attempt(() -> {
                    if (observedDeployment.seen(service).isPresent() || !releases.neverInstalled(artifactType)) {
                        releases.remove(record, service, artifactType);
                    }
                    if (!deploymentDiff.isReplaced(removal)) {
                        alertRuleReconciler.removeAll(observedDeployment.ref(service));
                    }
                })
                .isEmpty();
    }

    Rollout.Report report() {
        boolean settled = failures.isEmpty() && open.isEmpty() && !evicting;
        List<String> old = settled ? old() : List.of();
        boolean followed = old.isEmpty() && failures.isEmpty();
        // a complete service that only waits for old pods to end is not broken
        boolean ending = !old.isEmpty();
        boolean arrived = decided.transition().breakFirst() ? failures.isEmpty() && !evicting : settled && followed;
        return new Rollout.Report(
                observedDeployment.seen(),
                services,
                settled && followed && gone.equals(record.desired().retiring().keySet()),
                progressing || evicting || ending,
                decided.inTransit() && arrived,
                gone,
                drift,
                failures,
                obstacles(),
                failures.isEmpty() ? String.join("; ", ending ? old : open) : Rollout.message(failures));
    }

    /** Returns the remains beside the decided state: replicas at other places, or pods that a move has left. */
    private List<String> old() {
        List<String> surplus = graph.services().stream()
                .flatMap(service -> observedDeployment.surplus(service.id()).stream())
                .toList();
        return surplus.isEmpty() ? ending() : surplus;
    }

    /** The capacity of ending pods is released when they have ended: their controllers are gone before that. */
    private List<String> ending() {
        Map<WorkloadRef, Set<ClusterId>> left = new TreeMap<>();
        decided.transition().leaving().shares().keySet().forEach(service -> {
            Set<ClusterId> clusters =
                    new TreeSet<>(decided.transition().leaving().clustersOf(service));
            clusters.removeAll(decided.placement().clustersOf(service));
            clusters.removeIf(cluster -> !clusterInventory.ready(cluster));
            if (!clusters.isEmpty()) {
                left.put(observedDeployment.ref(service), clusters);
            }
        });
        if (left.isEmpty()) {
            return List.of();
        }
        Set<ClusterId> all = left.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        try {
            return ports.remains(left.keySet(), all).values().stream()
                    .flatMap(seen -> RemainingWorkloads.on(seen, left.getOrDefault(seen.workload(), Set.of())).stream()
                            .map(what -> "%s: %s".formatted(seen.workload().service(), what)))
                    .sorted()
                    .toList();
        } catch (AdapterException e) {
            failures.add(e);
            return List.of();
        }
    }

    private List<String> obstacles() {
        return graph.staticPlacement()
                ? List.of()
                : graph.services().stream()
                        .flatMap(service -> releases.obstacles(graph, service, decided).stream()
                                .map(why ->
                                        "%s cannot be reached from other clusters: %s".formatted(service.id(), why)))
                        .toList();
    }

    private boolean watch(ServiceSpec service, WorkloadRef workload) {
        try {
            return alertRuleReconciler.ensure(workload, service);
        } catch (AdapterException e) {
            failures.add(e);
            return false;
        }
    }

    /**
     * A move has its own way. Everything else is one step, which ensures the release: it costs nothing where the
     * release is as it was applied.
     */
    private void apply(ServiceSpec service, Optional<ServiceChange> change) {
        Optional<ServiceChange> move = change.filter(
                any -> any.action() == Action.MOVE && !decided.transition().breakFirst());
        List<Share> shares = move.map(under -> move(service, under))
                .orElseGet(() -> decided.placement().of(service.id()));
        progressing |= ensure(service, shares);
    }

    /** The hook of a move at its present stage, and the places of the service meanwhile. */
    private List<Share> move(ServiceSpec service, ServiceChange move) {
        boolean leaves = move.leavesClusters();
        if (mayLeave(service, move.to())) {
            if (leaves) {
                releases.afterMove(record, service, decided);
            }
            return move.to();
        }
        if (leaves) {
            releases.beforeMove(record, service, decided);
        }
        return move.sideBySide() ? observedDeployment.meanwhile(service.id()) : move.to();
    }

    /** A workload that has to leave is not called back because of its new place. */
    private boolean mayLeave(ServiceSpec service, List<Share> target) {
        return observedDeployment.isThere(service.id())
                || (releases.wasAskedFor(observedDeployment.ref(service.id()), target)
                        && observedDeployment.isAvailable(service.id()));
    }

    private boolean ensure(ServiceSpec service, List<Share> shares) {
        boolean changed =
                releases.ensure(record, graph, service, decided, shares, observedDeployment.seen(service.id()));
        if (changed) {
            asked.add(service.id());
        }
        return changed;
    }

    private ObservedService judged(ServiceSpec service, ObservedService last, Optional<AdapterException> failed) {
        List<Share> ready = observedDeployment.ready(service.id());
        long assignment = failed.isPresent() ? last.assignment() : decided.assignment();
        if (failed.isPresent()) {
            open.add("%s: %s".formatted(service.id(), failed.get().getMessage()));
            ServiceState state =
                    FailureTranslator.isForGood(failed.get()) ? ServiceState.FAILED : ServiceState.DEGRADED;
            return state(service, last, state, ready, assignment, failed.get().getMessage());
        }
        List<Share> target = decided.placement().of(service.id());
        WorkloadObservation there = observedDeployment.observation(service.id());
        boolean available = observedDeployment.isAvailable(service.id());
        // the observation is from before the step: the next pass shows whether the service is complete as it is now
        boolean looksAgain = asked.contains(service.id());
        Optional<String> waits = observedDeployment.wasComplete(service) && available
                ? Optional.empty()
                : observedDeployment.waitsFor(service.id());
        if (!looksAgain && waits.isEmpty()) {
            ObservedService done = state(service, last, ServiceState.DEPLOYED, ready, assignment, "");
            return new ObservedService(done.state(), ready, assignment, done.scaledAt(), target, "");
        }
        Optional<String> givenUp = observedDeployment
                .givenUp(service.id())
                .filter(any -> !looksAgain && !observedDeployment.wasComplete(service));
        Optional<String> noRoom = waits.flatMap(any -> observedDeployment.lacksRoom(service.id()));
        String why = Stream.of(givenUp, waits, noRoom, Optional.of(there.message()))
                .flatMap(Optional::stream)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        open.add("%s: %s".formatted(service.id(), why.isEmpty() ? "the change is being applied" : why));
        if (givenUp.isPresent()) {
            failures.add(givenUp(service, givenUp.get()));
            return state(service, last, ServiceState.FAILED, ready, assignment, why);
        }
        boolean wasReady = last.state() == ServiceState.DEPLOYED || last.state() == ServiceState.DEGRADED;
        boolean inForce = wasReady && last.assignment() == assignment;
        progressing |= !inForce || available;
        if (!inForce) {
            return state(service, last, ServiceState.DEPLOYING, ready, assignment, why);
        }
        // a complete service that is changed again continues to serve: that is no step back
        return state(service, last, available ? ServiceState.DEPLOYED : ServiceState.DEGRADED, ready, assignment, why);
    }

    private AdapterException givenUp(ServiceSpec service, String why) {
        String system = observedDeployment.observation(service.id()).byCluster().keySet().stream()
                .findFirst()
                .map(ClusterId::source)
                .orElse("clusters");
        return new AdapterException(Kind.REFUSED, system, "Roll %s out: %s".formatted(service.id(), why));
    }

    private ObservedService state(
            ServiceSpec service,
            ObservedService last,
            ServiceState state,
            List<Share> ready,
            long assignment,
            String message) {
        // an assignment is of the whole graph: a service that is as it was last complete was not changed by it
        boolean scaled = assignment != last.assignment()
                && !decided.placement().of(service.id()).equals(last.settled())
                && !isHeld(service);
        Optional<Instant> scaledAt =
                scaled ? Optional.of(clock.instant()) : last.scaledAt().or(() -> Optional.of(clock.instant()));
        return new ObservedService(state, ready, assignment, scaledAt, last.settled(), message);
    }

    /** What a person does begins no cool-down: strategies go on from there at once. */
    private boolean isHeld(ServiceSpec service) {
        return Optional.ofNullable(record.desired().holds().get(service.id()))
                .filter(hold -> hold.counts(clock.instant()))
                .isPresent();
    }

    private Optional<String> blocked(ServiceSpec service) {
        if (evicting) {
            return Optional.of(
                    evicted.isEmpty()
                            ? "waits until the old places are empty"
                            : "waits until the old places are empty: " + String.join(", ", evicted));
        }
        if (service.trigger() instanceof Trigger.Auto auto
                && observedDeployment.seen(service.id()).isEmpty()) {
            return auto.dependencies().stream()
                    .filter(dependency -> !observedDeployment.isReady(dependency))
                    .findFirst()
                    .map(dependency -> "waits for " + dependency);
        }
        return Optional.empty();
    }

    private Optional<AdapterException> attempt(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (AdapterException e) {
            failures.add(e);
            return Optional.of(e);
        }
    }
}
