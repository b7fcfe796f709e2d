// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One cluster as its source reported it last.
 *
 * @param id who
 * @param ready whether workloads can be placed and run there; capacity of a cluster that is not ready is never used
 * @param allocatable what the nodes offer to pods in total
 * @param allocated sum of the requests of all pods there, ours and foreign
 * @param location region or zone for people, "" when unknown
 * @param labels Kubernetes labels, matched by location intents; {@code topology.kubernetes.io/region} and {@code …/zone} as usual
 * @param energy electric power
 * @param artifactTypes artifact types that it runs, in lower case, as deployers are published with them ({@code helm}); empty where
 *     its source does not say: then it may run any
 * @param observedAt when the source reported this
 */
public record ClusterState(
        ClusterId id,
        boolean ready,
        Resources allocatable,
        Resources allocated,
        String location,
        Map<String, String> labels,
        EnergyProfile energy,
        Set<String> artifactTypes,
        Instant observedAt) {

    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    public ClusterState {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        artifactTypes = Collections.unmodifiableSet(new TreeSet<>(artifactTypes));
    }

    /**
     * @param artifactType in lower case
     */
    public boolean runs(String artifactType) {
        return artifactTypes.isEmpty() || artifactTypes.contains(artifactType);
    }

    /** {@code allocatable} less {@code allocated}, never negative. */
    public Resources free() {
        return allocatable.minusFloored(allocated);
    }

    /** Names of where it is, as far as they are known: location, region and zone. */
    public List<String> places() {
        return Stream.of(location, labels.getOrDefault(REGION, ""), labels.getOrDefault(ZONE, ""))
                .filter(place -> !place.isEmpty())
                .toList();
    }

    /** Whether one of its {@link #places} has one of these names, in any letter case. */
    public boolean isAt(Collection<String> names) {
        return places().stream().anyMatch(place -> names.stream().anyMatch(place::equalsIgnoreCase));
    }
}
