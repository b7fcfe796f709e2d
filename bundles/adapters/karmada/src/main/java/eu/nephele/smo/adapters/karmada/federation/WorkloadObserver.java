// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.WorkloadPlacements.PlacedWorkload;
import eu.nephele.smo.adapters.karmada.federation.WorkloadPlacements.There;
import eu.nephele.smo.adapters.karmada.link.ApiServerProbe;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Combines the observation of a service: desired state of its workload, placement by Karmada, state there, and siblings. */
final class WorkloadObserver {

    private static final int LONGEST = 500;

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final String source;
    private final Supplier<Stream<ResourceCache<?, ?>>> all;
    private final WorkloadPlacements placements;
    private final WorkIndex works;
    private final ToIntFunction<String> nodesAway;
    private final ApiServerProbe apiServerProbe;
    private final Duration stale;

    /**
     * @param nodesAway nodes of a cluster that are not ready
     * @param stale how long the cached state may be unconfirmed
     */
    WorkloadObserver(
            String source,
            Supplier<Stream<ResourceCache<?, ?>>> all,
            WorkloadPlacements placements,
            WorkIndex works,
            ToIntFunction<String> nodesAway,
            ApiServerProbe apiServerProbe,
            Duration stale) {
        this.source = source;
        this.all = all;
        this.placements = placements;
        this.works = works;
        this.nodesAway = nodesAway;
        this.apiServerProbe = apiServerProbe;
        this.stale = stale;
    }

    /** @throws AdapterException the state is not listed yet, or too old */
    void requireCurrent() {
        long deadline = System.nanoTime() + FIRST_LOOK.toNanos();
        all.get().forEach(resourceCache -> resourceCache.awaitFirst(deadline));
        all.get().forEach(resourceCache -> {
            Optional<Duration> old = resourceCache.failingFor().filter(age -> age.compareTo(stale) > 0);
            if (!resourceCache.isComplete() || old.isPresent()) {
                throw unavailable(resourceCache.failure());
            }
        });
        if (apiServerProbe.isSilent()) {
            throw unavailable(apiServerProbe.failure());
        }
    }

    private AdapterException unavailable(Optional<AdapterException> why) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                source,
                "Observe workloads: "
                        + why.map(AdapterException::getMessage)
                                .orElse("Karmada has not reported them yet; it is polled continuously"));
    }

    /** @param others the other workloads of its release */
    WorkloadObservation observe(WorkloadRef ref, ObservedWorkload workload, List<ObservedWorkload> others) {
        PlacedWorkload placed = placements.find(workload);
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        placed.byCluster().forEach((cluster, there) -> byCluster.put(id(cluster), onCluster(workload, there)));
        remnants(workload, placed.byCluster().keySet()).forEach(byCluster::putIfAbsent);
        Map<ClusterId, List<Beside>> beside = new TreeMap<>();
        for (ObservedWorkload other : others) {
            lacking(placed, placements.find(other))
                    .forEach((cluster, lacks) -> beside.computeIfAbsent(id(cluster), any -> new ArrayList<>())
                            .add(lacks));
        }
        return new WorkloadObservation(
                ref,
                byCluster,
                AnswerLimits.cut(placements.message(placed), LONGEST),
                failure(placed),
                Map.of(),
                beside);
    }

    private static Optional<String> failure(PlacedWorkload placed) {
        return placed.byCluster().entrySet().stream()
                .flatMap(entry ->
                        entry
                                .getValue()
                                .judged()
                                .failure()
                                .map(why -> "%s: %s".formatted(entry.getKey(), why))
                                .stream())
                .findFirst();
    }

    /**
     * Returns the parts of another workload of the release that are not rolled out on the clusters of the service. Where
     * Karmada has not put that workload anywhere, these are all clusters.
     */
    private Map<String, Beside> lacking(PlacedWorkload service, PlacedWorkload other) {
        Map<String, Beside> lacking = new TreeMap<>();
        service.byCluster().forEach((cluster, there) -> {
            if (there.desired() > 0) {
                lacking(other, cluster).ifPresent(lacks -> lacking.put(cluster, lacks));
            }
        });
        return lacking;
    }

    private Optional<Beside> lacking(PlacedWorkload other, String cluster) {
        if (other.binding().isEmpty()) {
            return Optional.of(other.workload().besides(other.missing()));
        }
        if (other.binding().get().scheduled().isEmpty()) {
            String binding = ObservedBinding.nameOf(
                    other.workload().path(), other.workload().kind());
            return Optional.of(other.workload()
                    .besides("Karmada has not scheduled it, ResourceBinding %s has no cluster".formatted(binding)));
        }
        return Optional.ofNullable(other.byCluster().get(cluster)).flatMap(there -> other.workload()
                .lacks(
                        there.judged().counts().withDesired(there.asked(other.workload())),
                        there.judged().failure(),
                        placements.trouble(other, cluster),
                        nodesAway.applyAsInt(cluster)));
    }

    private static OnCluster onCluster(ObservedWorkload workload, There there) {
        ReplicaCounts counts = there.judged().counts();
        Resources requested = workload.perReplica().times(counts.replicas());
        return workload.onCluster(counts.withDesired(there.asked(workload)), there.desired(), requested);
    }

    /** Copies that Karmada is still deleting: nothing is desired there. */
    private Map<ClusterId, OnCluster> remnants(ObservedWorkload workload, Set<String> but) {
        Map<ClusterId, OnCluster> remnants = new TreeMap<>();
        works.find(workload.path()).stream()
                .filter(work -> work.kind().equals(workload.kind()))
                .filter(work -> work.ending() && !but.contains(work.cluster()))
                .forEach(work -> remnants.put(
                        id(work.cluster()),
                        new OnCluster(
                                0,
                                work.replicas(),
                                0,
                                0,
                                0,
                                false,
                                workload.perReplica().times(work.replicas()))));
        return remnants;
    }

    private ClusterId id(String cluster) {
        return new ClusterId(source, cluster);
    }

    static String proxy(String cluster) {
        return "/apis/cluster.karmada.io/v1alpha1/clusters/%s/proxy".formatted(cluster);
    }
}
