// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.cluster;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Collection;
import java.util.List;

/** Names of clusters for people: the bare name where it is unique over all sources, else {@code source/name}. */
public final class ClusterNames {

    private final List<ClusterId> known;

    public ClusterNames(Collection<ClusterId> known) {
        this.known = List.copyOf(known);
    }

    public String of(ClusterId id) {
        boolean shared = known.stream().anyMatch(other -> other.name().equals(id.name()) && !other.equals(id));
        return shared ? id.toString() : id.name();
    }

    /** The clusters that somebody may mean by a bare name or {@code source/name}. */
    public List<ClusterId> meantBy(String text) {
        return known.stream()
                .filter(id -> id.name().equals(text) || id.toString().equals(text))
                .toList();
    }
}
