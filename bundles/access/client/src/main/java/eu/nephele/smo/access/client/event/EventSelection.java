// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

import eu.nephele.smo.access.client.call.CallFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events are meant; empty lists mean all.
 *
 * @param types names, or prefixes with {@code *}
 */
public record EventSelection(List<String> types, List<String> projects) {

    public static final EventSelection ALL = new EventSelection(List.of(), List.of());

    public EventSelection {
        types = List.copyOf(types);
        projects = List.copyOf(projects);
    }

    public static EventSelection forProject(String project) {
        return new EventSelection(List.of(), List.of(project));
    }

    public EventSelection ofTypes(String... names) {
        return new EventSelection(List.of(names), projects);
    }

    /** The query, with its question mark; "" for all events. */
    public String query() {
        String parameters = Stream.of(parameter("types", types), parameter("project", projects))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? "" : "?" + parameters;
    }

    private static String parameter(String name, List<String> values) {
        return values.isEmpty() ? "" : name + "=" + CallFactory.encoded(String.join(",", values));
    }
}
