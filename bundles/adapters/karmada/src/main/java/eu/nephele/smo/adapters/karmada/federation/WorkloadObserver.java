// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Placements.Placed;
import eu.nephele.smo.adapters.karmada.federation.Placements.There;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.read.Counts;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
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

/** Puts together how a service runs: what its workload asks for, where Karmada has put it, how it is there, and what is beside it. */
final class Observer {

    private static final int LONGEST = 500;

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final String source;
    private final Supplier<Stream<Mirror<?, ?>>> all;
    private final Placements placements;
    private final Works works;
    private final ToIntFunction<String> nodesAway;
    private final Pulse pulse;
    private final Duration stale;

    /**
     * @param all everything that has to be current
     * @param nodesAway nodes of a cluster that are not ready
     * @param pulse whether the control plane answers
     * @param stale how long what is known may not have been confirmed
     */
    Observer(
            String source,
            Supplier<Stream<Mirror<?, ?>>> all,
            Placements placements,
            Works works,
            ToIntFunction<String> nodesAway,
            Pulse pulse,
            Duration stale) {
        this.source = source;
        this.all = all;
        this.placements = placements;
        this.works = works;
        this.nodesAway = nodesAway;
        this.pulse = pulse;
        this.stale = stale;
    }

    /** @throws AdapterException nothing is known yet, or what is known is too old */
    void requireCurrent() {
        long deadline = System.nanoTime() + FIRST_LOOK.toNanos();
        all.get().forEach(mirror -> mirror.awaitFirst(deadline));
        all.get().forEach(mirror -> {
            Optional<Duration> old = mirror.failingFor().filter(age -> age.compareTo(stale) > 0);
            if (!mirror.isComplete() || old.isPresent()) {
                throw unavailable(mirror.failure());
            }
        });
        if (pulse.isSilent()) {
            throw unavailable(pulse.failure());
        }
    }

    private AdapterException unavailable(Optional<AdapterException> why) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                source,
                "Observe workloads: "
                        + why.map(AdapterException::getMessage)
                                .orElse("Karmada has not told them yet, it is asked all the time"));
    }

    /**
     * How a service runs.
     *
     * @param workload the one that has its name
     * @param others the others of its release
     */
    WorkloadObservation observe(WorkloadRef ref, WorkloadSeen workload, List<WorkloadSeen> others) {
        Placed placed = placements.of(workload);
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        placed.byCluster().forEach((cluster, there) -> byCluster.put(id(cluster), onCluster(workload, there)));
        remnants(workload, placed.byCluster().keySet()).forEach(byCluster::putIfAbsent);
        Map<ClusterId, List<Beside>> beside = new TreeMap<>();
        for (WorkloadSeen other : others) {
            lacking(placed, placements.of(other))
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

    private static Optional<String> failure(Placed placed) {
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

    /** What of another of the release is not rolled out, where the service is; where Karmada has not put it anywhere: everywhere. */
    private Map<String, Beside> lacking(Placed service, Placed other) {
        Map<String, Beside> lacking = new TreeMap<>();
        service.byCluster().forEach((cluster, there) -> {
            if (there.desired() > 0) {
                lacking(other, cluster).ifPresent(lacks -> lacking.put(cluster, lacks));
            }
        });
        return lacking;
    }

    private Optional<Beside> lacking(Placed other, String cluster) {
        if (other.binding().isEmpty()) {
            return Optional.of(other.workload().besides(other.missing()));
        }
        if (other.binding().get().scheduled().isEmpty()) {
            String binding =
                    BindingSeen.nameOf(other.workload().path(), other.workload().kind());
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

    private static OnCluster onCluster(WorkloadSeen workload, There there) {
        Counts counts = there.judged().counts();
        Resources requested = workload.perReplica().times(counts.replicas());
        return workload.onCluster(counts.withDesired(there.asked(workload)), there.desired(), requested);
    }

    /** Copies that Karmada is still taking away: nothing is asked for there any more. */
    private Map<ClusterId, OnCluster> remnants(WorkloadSeen workload, Set<String> but) {
        Map<ClusterId, OnCluster> remnants = new TreeMap<>();
        works.of(workload.path()).stream()
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
