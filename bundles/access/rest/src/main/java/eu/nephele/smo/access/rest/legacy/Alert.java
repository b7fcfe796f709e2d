// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import java.util.Map;
import java.util.Optional;

/**
 * One alert of a notification.
 *
 * @param firing whether it fires, or is resolved
 * @param labels what it is about
 */
record Alert(boolean firing, Map<String, String> labels) {

    Alert {
        labels = Map.copyOf(labels);
    }

    /** Value of the first of these labels that is there. */
    Optional<String> label(String... names) {
        for (String name : names) {
            String value = labels.get(name);
            if (value != null && !value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    String name() {
        return labels.getOrDefault("alertname", "");
    }

    Optional<String> service() {
        return label("service");
    }

    Optional<String> project() {
        return label("smo_project", "project");
    }

    Optional<String> graph() {
        return label("smo_graph", "graph");
    }

    /** Id of the event rule behind it; rule names of ours end with it, those of the reference are it. */
    String event() {
        return label("smo_event").orElseGet(() -> name().substring(name().lastIndexOf('/') + 1));
    }
}
