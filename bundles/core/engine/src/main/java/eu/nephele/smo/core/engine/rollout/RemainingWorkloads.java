// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

final class RemainingWorkloads {

    private RemainingWorkloads() {}

    /** Returns whether nothing is left but workloads on unavailable clusters. */
    static boolean isOnlyUnseen(WorkloadObservation left) {
        return left.byCluster().isEmpty() && !left.unseen().isEmpty();
    }

    /** For people; "" for nothing. */
    static String text(Collection<WorkloadObservation> left) {
        return left.stream()
                .sorted((one, other) -> one.workload().compareTo(other.workload()))
                .map(seen -> "%s: %s".formatted(seen.workload().service(), text(seen)))
                .collect(Collectors.joining("; "));
    }

    static String text(WorkloadObservation left) {
        List<String> parts = new ArrayList<>();
        left.byCluster().forEach((cluster, on) -> parts.add("%s: %s".formatted(cluster.name(), pods(on))));
        if (!left.message().isEmpty()) {
            parts.add(left.message());
        }
        parts.addAll(left.unseen().values());
        return parts.isEmpty() ? "is being removed" : String.join("; ", parts);
    }

    /** The same on some clusters only, one text for each; workloads on unavailable clusters are left out. */
    static List<String> on(WorkloadObservation left, Set<ClusterId> clusters) {
        return left.byCluster().entrySet().stream()
                .filter(entry -> clusters.contains(entry.getKey()))
                .map(entry -> "%s: %s".formatted(entry.getKey().name(), pods(entry.getValue())))
                .toList();
    }

    private static String pods(OnCluster on) {
        return on.replicas() == 0 ? "it is being removed" : "%d pods are still there".formatted(on.replicas());
    }
}
