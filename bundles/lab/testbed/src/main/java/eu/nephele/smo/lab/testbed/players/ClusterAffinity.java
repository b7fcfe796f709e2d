// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The clusters that a {@code clusterAffinity} selects.
 *
 * @param names empty for all: this is how Karmada reads an absent list as well as an empty one
 */
record ClusterAffinity(Set<String> names, Set<String> excluded) {

    static ClusterAffinity from(JsonNode affinity) {
        return new ClusterAffinity(texts(affinity.path("clusterNames")), texts(affinity.path("exclude")));
    }

    boolean allows(String cluster) {
        return !excluded.contains(cluster) && (names.isEmpty() || names.contains(cluster));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
