// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.event.SmoEvent;
import java.util.Set;

/**
 * Selection of events.
 *
 * @param types exact types, or prefixes that end with {@code *}; all when empty
 * @param projects names of projects; all, and events about nothing of a project, when empty
 */
public record EventFilter(Set<String> types, Set<String> projects) {

    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of());

    public EventFilter {
        types = Set.copyOf(types);
        projects = Set.copyOf(projects);
    }

    public boolean accepts(SmoEvent event) {
        return acceptsType(event.type())
                && (projects.isEmpty()
                        || event.resource()
                                .map(resource -> projects.contains(resource.project()))
                                .orElse(false));
    }

    private boolean acceptsType(String type) {
        return types.isEmpty()
                || types.stream()
                        .anyMatch(wanted -> wanted.endsWith("*")
                                ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                                : type.equals(wanted));
    }
}
