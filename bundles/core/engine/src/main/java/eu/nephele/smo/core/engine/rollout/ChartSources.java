// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Where releases can be whose charts choose their clusters: those that their values name tell. */
final class ChartSources {

    private final Supplier<List<ClusterState>> clusters;

    /** @param clusters all that are known */
    ChartSources(Supplier<List<ClusterState>> clusters) {
        this.clusters = clusters;
    }

    /** The sources of clusters of these services; none when one of them may be anywhere. */
    Set<String> of(Collection<ServiceSpec> services) {
        Map<String, Set<String>> byName = clusters.get().stream()
                .map(ClusterState::id)
                .collect(Collectors.groupingBy(
                        ClusterId::name, Collectors.mapping(ClusterId::source, Collectors.toSet())));
        Set<String> sources = new TreeSet<>();
        for (ServiceSpec service : services) {
            Set<String> names = ReleaseValues.affinity(service.artifact());
            if (names.isEmpty() || !byName.keySet().containsAll(names)) {
                return Set.of();
            }
            names.forEach(name -> sources.addAll(byName.getOrDefault(name, Set.of())));
        }
        return sources;
    }
}
