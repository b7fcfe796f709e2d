// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where services run. Usually one cluster each; a strategy that can split gives a service several shares.
 *
 * @param shares service id to its shares, in service order; shares by cluster, each cluster once
 */
public record Placement(Map<String, List<Share>> shares) {

    /** Nothing placed. */
    public static final Placement NONE = new Placement(Map.of());

    public Placement {
        Map<String, List<Share>> copy = new LinkedHashMap<>();
        shares.forEach((service, of) -> copy.put(
                service,
                of.stream().sorted((a, b) -> a.cluster().compareTo(b.cluster())).toList()));
        shares = Collections.unmodifiableMap(copy);
    }

    /**
     * Replicas of one service on one cluster.
     *
     * @param replicas 0 or more; 0 keeps a place for a service that is not started yet
     */
    public record Share(ClusterId cluster, int replicas) {
        public Share {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas=%d, expected 0 or more".formatted(replicas));
            }
        }
    }

    /** Every service whole on one cluster. */
    public static Placement whole(Map<String, ClusterId> clusterByService, Function<String, Integer> replicas) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        clusterByService.forEach(
                (service, cluster) -> shares.put(service, List.of(new Share(cluster, replicas.apply(service)))));
        return new Placement(shares);
    }

    public List<Share> of(String service) {
        return shares.getOrDefault(service, List.of());
    }

    /** The cluster of a service that is not split; empty when it is not placed. With several shares the first one by cluster order. */
    public Optional<ClusterId> clusterOf(String service) {
        return of(service).stream().findFirst().map(Share::cluster);
    }

    public int replicasOf(String service) {
        int replicas = 0;
        for (Share share : of(service)) {
            replicas += share.replicas();
        }
        return replicas;
    }

    /** The clusters of a service, in order. */
    public List<ClusterId> clustersOf(String service) {
        return of(service).stream().map(Share::cluster).toList();
    }

    /** All clusters in use, in order. */
    public Collection<ClusterId> clusters() {
        return shares.values().stream()
                .flatMap(List::stream)
                .map(Share::cluster)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A copy in which one service has the given shares. */
    public Placement with(String service, List<Share> newShares) {
        Map<String, List<Share>> copy = new LinkedHashMap<>(shares);
        copy.put(service, newShares);
        return new Placement(copy);
    }
}
