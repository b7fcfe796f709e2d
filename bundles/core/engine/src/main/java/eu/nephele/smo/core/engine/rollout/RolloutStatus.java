// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges by what was seen on the clusters whether a change has arrived there, and names what it waits for. */
final class RolloutStatus {

    private final ClusterBoard board;

    RolloutStatus(ClusterBoard board) {
        this.board = board;
    }

    /** Whether all replicas serve where they shall, of whichever revision. */
    boolean isAvailable(WorkloadObservation seen, List<Share> shares) {
        return shares.stream()
                .filter(share -> share.replicas() > 0)
                .allMatch(share -> board.ready(share.cluster())
                        && on(seen, share.cluster())
                                .filter(on -> on.isAvailable(share.replicas()))
                                .isPresent());
    }

    /** What is missing until exactly these replicas run, of the present revision only; empty when nothing is. */
    Optional<String> waitsFor(WorkloadObservation seen, List<Share> shares) {
        return joined(shares.stream()
                .flatMap(share ->
                        waitsFor(seen, share)
                                .map(what -> "%s: %s".formatted(share.cluster().name(), what))
                                .stream()));
    }

    /** The same where the chart says how many replicas run where. */
    Optional<String> waitsForChart(WorkloadObservation seen) {
        if (seen.byCluster().isEmpty()) {
            return Optional.of("nothing of it is there yet");
        }
        return joined(seen.byCluster().entrySet().stream()
                .flatMap(entry -> entry
                        .getValue()
                        .waitsFor(entry.getValue().desiredReplicas())
                        .map(what -> "%s: %s".formatted(entry.getKey().name(), what))
                        .stream()));
    }

    private Optional<String> waitsFor(WorkloadObservation seen, Share share) {
        Optional<OnCluster> on = on(seen, share.cluster());
        if (share.replicas() == 0) {
            return on.filter(there -> there.replicas() > 0)
                    .map(there -> "%d replicas are still there".formatted(there.replicas()));
        } else if (!board.ready(share.cluster())) {
            return Optional.of(board.awaySince(share.cluster())
                    .map(since -> "the cluster is not ready since " + since.truncatedTo(ChronoUnit.SECONDS))
                    .orElse("the cluster is not ready"));
        }
        return on.map(there -> there.waitsFor(share.replicas())).orElse(Optional.of("nothing of it is there yet"));
    }

    private static Optional<OnCluster> on(WorkloadObservation seen, ClusterId cluster) {
        return Optional.ofNullable(seen.byCluster().get(cluster));
    }

    private static Optional<String> joined(Stream<String> parts) {
        return Optional.of(parts.collect(Collectors.joining("; "))).filter(text -> !text.isEmpty());
    }
}
