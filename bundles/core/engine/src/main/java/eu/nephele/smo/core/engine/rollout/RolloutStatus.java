// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges by the observation whether a change has arrived on the clusters, and names its obstacles. */
final class RolloutStatus {

    private final ClusterInventory clusterInventory;

    RolloutStatus(ClusterInventory clusterInventory) {
        this.clusterInventory = clusterInventory;
    }

    /** Returns whether all replicas serve where they shall, of whichever revision. */
    boolean isAvailable(WorkloadObservation seen, List<Share> shares) {
        return shares.stream()
                .filter(share -> share.replicas() > 0)
                .allMatch(share -> clusterInventory.ready(share.cluster())
                        && on(seen, share.cluster())
                                .filter(on -> on.isAvailable(share.replicas()))
                                .isPresent());
    }

    /** Returns the missing part until exactly these replicas run, of the present revision only; empty without any. */
    Optional<String> waitsFor(WorkloadObservation seen, List<Share> shares) {
        return joined(shares.stream()
                .flatMap(share ->
                        waitsFor(seen, share)
                                .map(what -> "%s: %s".formatted(share.cluster().name(), what))
                                .stream()));
    }

    /**
     * Clusters where a roll-out cannot start new pods before it ends old ones, because their capacity is not reserved.
     *
     * @return for people; empty where one more pod fits, or none more is needed
     */
    Optional<String> lacksRoom(WorkloadObservation seen, List<Share> shares, Resources perReplica) {
        return joined(shares.stream()
                .filter(share -> on(seen, share.cluster())
                        .filter(there -> isSurging(there, share.replicas(), perReplica))
                        .isPresent())
                .filter(share -> clusterInventory
                        .state(share.cluster())
                        .filter(cluster ->
                                !perReplica.fitsInto(cluster.allocatable().minusFloored(cluster.allocated())))
                        .isPresent())
                .map(share ->
                        "one more pod does not fit on %s: new pods wait until it does, or until the chart ends an old one first (maxSurge 0)"
                                .formatted(share.cluster().name())));
    }

    /** Returns whether there are more pods than are to stay, and not all of them have found a node. */
    private static boolean isSurging(OnCluster there, int wanted, Resources perReplica) {
        return there.replicas() > wanted && !perReplica.times(there.replicas()).fitsInto(there.requested());
    }

    /** Returns the missing part if the chart decides how many replicas run where. */
    Optional<String> waitsForChart(WorkloadObservation seen) {
        if (seen.byCluster().isEmpty()) {
            return Optional.of("no workload of it exists yet");
        }
        Stream<String> workload = seen.byCluster().entrySet().stream()
                .flatMap(entry -> entry
                        .getValue()
                        .waitsFor(entry.getValue().desiredReplicas())
                        .map(what -> "%s: %s".formatted(entry.getKey().name(), what))
                        .stream());
        Stream<String> beside = seen.beside().keySet().stream()
                .flatMap(cluster ->
                        waitsForOthers(seen, cluster).map(what -> "%s: %s".formatted(cluster.name(), what)).stream());
        return joined(Stream.concat(workload, beside));
    }

    private Optional<String> waitsFor(WorkloadObservation seen, Share share) {
        Optional<OnCluster> on = on(seen, share.cluster());
        if (share.replicas() == 0) {
            return on.filter(there -> there.replicas() > 0)
                    .map(there -> "%d replicas are still there".formatted(there.replicas()));
        } else if (!clusterInventory.ready(share.cluster())) {
            return Optional.of(clusterInventory
                    .awaySince(share.cluster())
                    .map(since -> "the cluster is not ready since " + since.truncatedTo(ChronoUnit.SECONDS))
                    .orElse("the cluster is not ready"));
        }
        return on.map(there -> there.waitsFor(share.replicas()).or(() -> waitsForOthers(seen, share.cluster())))
                .orElse(Optional.of("no workload of it exists yet"));
    }

    private static Optional<String> waitsForOthers(WorkloadObservation seen, ClusterId cluster) {
        return joined(seen.beside().getOrDefault(cluster, List.of()).stream().map(Beside::waitsFor));
    }

    private static Optional<OnCluster> on(WorkloadObservation seen, ClusterId cluster) {
        return Optional.ofNullable(seen.byCluster().get(cluster));
    }

    private static Optional<String> joined(Stream<String> parts) {
        return Optional.of(parts.collect(Collectors.joining("; "))).filter(text -> !text.isEmpty());
    }
}
