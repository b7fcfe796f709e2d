// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * Selection of resources of a kind.
 *
 * @param project only those of this project
 * @param labels only those that have all of these
 * @param fields only those with these values at members of their desired documents, by JSON pointer: one of the fields of the kind
 * @param phase only those in this phase
 * @param after only those behind this one, in the order of project and name: where the page before ended
 * @param limit at most this many, 1 or more
 */
public record ResourceQuery(
        String kind,
        Optional<String> project,
        Map<String, String> labels,
        Map<String, String> fields,
        Optional<ResourceStatus.Phase> phase,
        Optional<ResourceRef> after,
        int limit) {

    public ResourceQuery {
        labels = Map.copyOf(labels);
        fields = Map.copyOf(fields);
    }

    /** The same, of those behind one. */
    public ResourceQuery behind(ResourceRef last) {
        return new ResourceQuery(kind, project, labels, fields, phase, Optional.of(last), limit);
    }

    /** All of a kind, the first of them. */
    public static ResourceQuery all(String kind, int limit) {
        return new ResourceQuery(kind, Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.empty(), limit);
    }
}
