// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import java.util.List;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param names of items; none for all
 * @param project of what belongs to one; empty for all projects
 * @param graph of what belongs to one
 * @param limit of items, for lists without an end
 */
public record ListRequest(
        String kind, List<String> names, Optional<String> project, Optional<String> graph, int limit) {

    public static final int MANY = 1000;

    public ListRequest {
        names = List.copyOf(names);
    }
}
