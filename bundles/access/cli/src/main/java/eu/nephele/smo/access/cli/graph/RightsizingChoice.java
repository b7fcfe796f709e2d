// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.view.RightsizingView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The proposals of a graph that a person has chosen.
 *
 * @param proposals as the server answers
 * @param named services; none for all
 */
record RightsizingChoice(JsonNode proposals, List<String> named) {

    RightsizingChoice {
        named = List.copyOf(named);
    }

    /** All services of the graph that the server has looked at. */
    List<String> known() {
        return items(proposals).map(RightsizingChoice::service).toList();
    }

    List<String> unknown() {
        List<String> unknown = new ArrayList<>(named);
        unknown.removeAll(known());
        return unknown;
    }

    /** The answer of the server as if the graph had only the chosen services: its sums are theirs. */
    JsonNode shown() {
        if (named.isEmpty()) {
            return proposals;
        }
        ObjectNode shown = proposals.deepCopy();
        ArrayNode items = shown.putArray("items");
        chosen().forEach(items::add);
        shown.put("savedCores", saved("cpu"));
        shown.put("savedMemoryBytes", Math.round(saved("ram")));
        return shown;
    }

    /** One line for each chosen service whose proposal the server would refuse. */
    List<String> obstacles() {
        return RightsizingView.obstacles(shown());
    }

    /** Classes by service and resource, as they are confirmed; the server refuses a request with any that it cannot take. */
    ObjectNode confirmed() {
        ObjectNode classes = JsonNodeFactory.instance.objectNode();
        chosen().filter(RightsizingChoice::isConfirmable).forEach(item -> {
            ObjectNode confirmed = classes.putObject(service(item));
            for (String resource : RightsizingView.RESOURCES) {
                JsonNode to = item.path(resource).path("proposedClass");
                if (!to.isMissingNode()) {
                    confirmed.set(resource, to);
                }
            }
        });
        return classes;
    }

    private Stream<JsonNode> chosen() {
        return items(proposals).filter(item -> named.isEmpty() || named.contains(service(item)));
    }

    /** Over all replicas: cores or bytes. */
    private double saved(String resource) {
        return chosen().mapToDouble(item -> item.path(resource).path("saved").asDouble())
                .sum();
    }

    private static Stream<JsonNode> items(JsonNode proposals) {
        return StreamSupport.stream(proposals.path("items").spliterator(), false);
    }

    private static boolean isConfirmable(JsonNode item) {
        return item.path("confirmable").asBoolean();
    }

    private static String service(JsonNode item) {
        return item.path("service").asText();
    }
}
