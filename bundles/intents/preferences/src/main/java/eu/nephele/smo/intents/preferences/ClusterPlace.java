// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.preferences;

import eu.nephele.smo.api.model.ClusterState;
import java.util.Collection;

/** Where a cluster is: its places, and its country. */
final class ClusterPlace {

    private static final String COUNTRY = "smo.nephele.eu/country";

    private ClusterPlace() {}

    /** By its label alone: the name of a region is no country, whatever it begins with. */
    static boolean isInCountry(ClusterState cluster, Collection<String> names) {
        String country = country(cluster);
        return !country.isEmpty() && names.stream().anyMatch(country::equalsIgnoreCase);
    }

    /** Whether both its country and its place in it are known: else it may be anywhere. */
    static boolean isKnown(ClusterState cluster) {
        return !country(cluster).isEmpty() && !cluster.places().isEmpty();
    }

    static boolean isIn(ClusterState cluster, Collection<String> names) {
        return cluster.isAt(names) || isInCountry(cluster, names);
    }

    private static String country(ClusterState cluster) {
        return cluster.labels().getOrDefault(COUNTRY, "");
    }
}
