// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.preferences;

import eu.nephele.smo.api.model.ClusterState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Names of the places where a cluster is. */
final class ClusterPlace {

    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String COUNTRY = "smo.nephele.eu/country";

    private ClusterPlace() {}

    /** By location, region and zone. */
    static boolean isInRegion(ClusterState cluster, Collection<String> names) {
        return isOneOf(names, names(cluster));
    }

    /** By its label alone: the name of a region is no country, whatever it begins with. */
    static boolean isInCountry(ClusterState cluster, Collection<String> names) {
        return isOneOf(names, List.of(country(cluster)));
    }

    /** Whether both its country and its place in it are known: else it may be anywhere. */
    static boolean isKnown(ClusterState cluster) {
        return !country(cluster).isEmpty() && names(cluster).stream().anyMatch(name -> !name.isEmpty());
    }

    static boolean isIn(ClusterState cluster, Collection<String> names) {
        return isInRegion(cluster, names) || isInCountry(cluster, names);
    }

    private static String country(ClusterState cluster) {
        return cluster.labels().getOrDefault(COUNTRY, "");
    }

    private static List<String> names(ClusterState cluster) {
        return List.of(
                cluster.location(),
                cluster.labels().getOrDefault(REGION, ""),
                cluster.labels().getOrDefault(ZONE, ""));
    }

    private static boolean isOneOf(Collection<String> names, List<String> ofCluster) {
        Set<String> wanted = new TreeSet<>();
        names.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
        return ofCluster.stream()
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> wanted.contains(name.toLowerCase(Locale.ROOT)));
    }
}
