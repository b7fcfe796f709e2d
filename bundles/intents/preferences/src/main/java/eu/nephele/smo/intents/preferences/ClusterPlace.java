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
        return isOneOf(
                names,
                List.of(
                        cluster.location(),
                        cluster.labels().getOrDefault(REGION, ""),
                        cluster.labels().getOrDefault(ZONE, "")));
    }

    /** By the label of the country; without it by the region, whose name may begin with the country. */
    static boolean isInCountry(ClusterState cluster, Collection<String> names) {
        String country = cluster.labels().getOrDefault(COUNTRY, "");
        if (!country.isEmpty()) {
            return isOneOf(names, List.of(country));
        }
        String region = cluster.labels().getOrDefault(REGION, "");
        return isOneOf(names, List.of(region, before(region), cluster.location()));
    }

    /** Whether anything is known of where it is. */
    static boolean isKnown(ClusterState cluster) {
        return !cluster.location().isEmpty()
                || cluster.labels().containsKey(REGION)
                || cluster.labels().containsKey(ZONE)
                || cluster.labels().containsKey(COUNTRY);
    }

    static boolean isIn(ClusterState cluster, Collection<String> names) {
        return isInRegion(cluster, names) || isInCountry(cluster, names);
    }

    private static String before(String region) {
        int hyphen = region.indexOf('-');
        return hyphen < 0 ? "" : region.substring(0, hyphen);
    }

    private static boolean isOneOf(Collection<String> names, List<String> ofCluster) {
        Set<String> wanted = new TreeSet<>();
        names.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
        return ofCluster.stream()
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> wanted.contains(name.toLowerCase(Locale.ROOT)));
    }
}
