// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass over the services of one graph: what is open is asked for, and judged by what was seen. */
final class RolloutPass {

    /** What a pass works with. */
    record Means(ClusterBoard board, Releases releases, Clock clock) {}

    private final ClusterBoard board;
    private final Releases releases;
    private final Clock clock;
    private final GraphRecord record;
    private final Graph graph;
    private final Decided decided;
    private final Map<WorkloadRef, WorkloadObservation> seen;
    private final Map<String, ObservedService> services = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();
    private boolean progressing;
    private boolean evicting;
    private Optional<AdapterException> failure = Optional.empty();

    RolloutPass(
            Means means, GraphRecord record, Graph graph, Decided decided, Map<WorkloadRef, WorkloadObservation> seen) {
        this.board = means.board();
        this.releases = means.releases();
        this.clock = means.clock();
        this.record = record;
        this.graph = graph;
        this.decided = decided;
        this.seen = seen;
    }

    /**
     * Pods on a ready cluster that is neither decided nor being left would be counted twice against the clusters they go
     * to: they end before anything new begins.
     */
    void evictMisplaced() {
        if (graph.staticPlacement()) {
            return;
        }
        for (ServiceSpec service : graph.services()) {
            boolean misplaced = observation(service).byCluster().entrySet().stream()
                    .anyMatch(entry -> hasPods(entry.getValue())
                            && board.ready(entry.getKey())
                            && !decided.placement().clustersOf(service.id()).contains(entry.getKey())
                            && !decided.leaving().clustersOf(service.id()).contains(entry.getKey()));
            if (misplaced) {
                evicting = true;
                attempt(() -> releases.remove(record, service));
            }
        }
    }

    void advance(ServiceSpec service) {
        ObservedService last = record.observed()
                .services()
                .getOrDefault(service.id(), new ObservedService(ServiceState.NOT_DEPLOYED, 0, 0, Optional.empty(), ""));
        if (service.trigger().isConditional() && !record.desired().activated().contains(service.id())) {
            services.put(
                    service.id(),
                    new ObservedService(ServiceState.PENDING, 0, 0, Optional.empty(), "waits for its trigger"));
            return;
        }
        Optional<String> blocked = blocked(service);
        if (blocked.isPresent()) {
            progressing = true;
            services.put(service.id(), state(last, ServiceState.DEPLOYING, 0, last.assignment(), blocked.get()));
            open.add("%s: %s".formatted(service.id(), blocked.get()));
            return;
        }
        Optional<AdapterException> failed = attempt(() -> apply(service));
        services.put(service.id(), judged(service, last, failed));
    }

    Rollout.Report report() {
        boolean settled = failure.isEmpty() && open.isEmpty() && !evicting;
        boolean left = decided.leaving().shares().isEmpty() || placesLeftAreEmpty();
        return new Rollout.Report(
                services,
                settled && left,
                progressing || evicting,
                settled && left && !decided.leaving().shares().isEmpty(),
                failure,
                failure.map(AdapterException::getMessage).orElse(String.join("; ", open)));
    }

    private void apply(ServiceSpec service) {
        List<Share> target = decided.placement().of(service.id());
        List<Share> left = decided.leaving().of(service.id()).stream()
                .filter(share -> board.ready(share.cluster()))
                .toList();
        if (left.isEmpty()) {
            progressing |= releases.ensure(record, graph, service, decided, target, seen(service));
        } else if (readyAt(service, target)) {
            releases.afterMove(record, service, decided);
            progressing |= releases.ensure(record, graph, service, decided, target, seen(service));
        } else {
            releases.beforeMove(record, service, decided);
            List<Share> both = new ArrayList<>(target);
            both.addAll(left);
            progressing |= releases.ensure(record, graph, service, decided, both, seen(service));
        }
    }

    private ObservedService judged(ServiceSpec service, ObservedService last, Optional<AdapterException> failed) {
        int ready = observation(service).readyReplicas();
        long assignment = failed.isPresent() ? last.assignment() : decided.assignment();
        if (failed.isPresent()) {
            open.add("%s: %s".formatted(service.id(), failed.get().getMessage()));
            ServiceState state = Failures.isForGood(failed.get()) ? ServiceState.FAILED : ServiceState.DEGRADED;
            return state(last, state, ready, assignment, failed.get().getMessage());
        }
        boolean complete = graph.staticPlacement()
                ? staticReady(service)
                : readyAt(service, decided.placement().of(service.id()));
        if (complete) {
            return state(last, ServiceState.DEPLOYED, ready, assignment, "");
        }
        boolean wasReady = last.state() == ServiceState.DEPLOYED || last.state() == ServiceState.DEGRADED;
        boolean broke = wasReady && last.assignment() == assignment;
        String why = observation(service).message();
        open.add("%s: %s".formatted(service.id(), why.isEmpty() ? "not all replicas are ready" : why));
        progressing |= !broke;
        return state(last, broke ? ServiceState.DEGRADED : ServiceState.DEPLOYING, ready, assignment, why);
    }

    private ObservedService state(
            ObservedService last, ServiceState state, int ready, long assignment, String message) {
        Optional<Instant> scaledAt =
                assignment == last.assignment() && last.scaledAt().isPresent()
                        ? last.scaledAt()
                        : Optional.of(clock.instant());
        return new ObservedService(state, ready, assignment, scaledAt, message);
    }

    private Optional<String> blocked(ServiceSpec service) {
        if (evicting) {
            return Optional.of("waits until the old places are empty");
        }
        if (service.trigger() instanceof Trigger.Auto auto && seen(service).isEmpty()) {
            return auto.dependencies().stream()
                    .filter(dependency -> !isReady(dependency))
                    .findFirst()
                    .map(dependency -> "waits for " + dependency);
        }
        return Optional.empty();
    }

    private boolean isReady(String serviceId) {
        return graph.service(serviceId)
                .map(service -> graph.staticPlacement()
                        ? staticReady(service)
                        : readyAt(service, decided.placement().of(serviceId)))
                .orElse(true);
    }

    private boolean readyAt(ServiceSpec service, List<Share> shares) {
        Map<ClusterId, OnCluster> there = observation(service).byCluster();
        return shares.stream().allMatch(share -> {
            OnCluster on = there.get(share.cluster());
            return share.replicas() == 0
                    || (on != null && on.readyReplicas() >= share.replicas() && board.ready(share.cluster()));
        });
    }

    private boolean staticReady(ServiceSpec service) {
        Map<ClusterId, OnCluster> there = observation(service).byCluster();
        return !there.isEmpty() && there.values().stream().allMatch(on -> on.readyReplicas() >= on.desiredReplicas());
    }

    private boolean placesLeftAreEmpty() {
        Placement leaving = decided.leaving();
        return graph.services().stream()
                .allMatch(service -> leaving.clustersOf(service.id()).stream().noneMatch(cluster -> Optional.ofNullable(
                                observation(service).byCluster().get(cluster))
                        .map(RolloutPass::hasPods)
                        .orElse(false)));
    }

    private Optional<WorkloadObservation> seen(ServiceSpec service) {
        return Optional.ofNullable(seen.get(new WorkloadRef(graph.id(), service.id())));
    }

    private WorkloadObservation observation(ServiceSpec service) {
        return seen(service)
                .orElseGet(() -> new WorkloadObservation(new WorkloadRef(graph.id(), service.id()), Map.of(), ""));
    }

    private Optional<AdapterException> attempt(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (AdapterException e) {
            failure = failure.or(() -> Optional.of(e));
            return Optional.of(e);
        }
    }

    private static boolean hasPods(OnCluster on) {
        return on.desiredReplicas() > 0
                || on.readyReplicas() > 0
                || !on.requested().isZero();
    }
}
