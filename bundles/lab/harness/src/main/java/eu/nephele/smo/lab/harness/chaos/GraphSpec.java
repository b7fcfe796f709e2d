// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A descriptor that a client has sent, in the terms in which it can be recognised later.
 *
 * @param edit number of the descriptor, unique for the graph: its version
 * @param services at least one
 */
record GraphSpec(String project, String name, int edit, List<ChaosService> services) {

    static final String EDIT_VALUE = "edit";

    GraphSpec {
        services = List.copyOf(services);
    }

    enum Waits {
        NEVER,
        ANY,
        ALL
    }

    /**
     * @param edit number of the descriptor that changed it last: tag of its chart, and one of its values
     * @param division of its replicas over clusters
     */
    record ChaosService(String id, int edit, Waits waits, String cpu, ReplicaDivision division, String chart) {

        static final List<String> EVENTS = List.of("first", "second");

        boolean isConditional() {
            return waits != Waits.NEVER;
        }

        private ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("id", id);
            ObjectNode deployment = node.putObject("deployment");
            trigger(deployment.putObject("trigger"));
            ObjectNode intent = deployment.putObject("intent");
            intent.putObject("compute").put("cpu", cpu).put("ram", "light");
            if (!division.equals(ReplicaDivision.WHOLE)) {
                spread(intent.putObject("spread"));
            }
            ObjectNode artifact = node.putObject("artifact");
            artifact.put("ociImage", chart());
            artifact.putObject("ociConfig").put("type", "App").put("implementer", "HELM");
            artifact.putObject("valuesOverwrite").put(EDIT_VALUE, edit);
            return node;
        }

        private void spread(ObjectNode spread) {
            spread.put("overClusters", division.overClusters()).put("survivingPercent", division.survivingPercent());
            if (division.proportion() == Proportion.FREE_CAPACITY) {
                spread.put("weights", "freeCapacity");
            } else if (division.proportion() == Proportion.WEIGHTS) {
                ObjectNode weights = spread.putObject("weights");
                new TreeMap<>(division.weights()).forEach(weights::put);
            }
        }

        private void trigger(ObjectNode trigger) {
            if (!isConditional()) {
                trigger.putObject("auto");
                return;
            }
            ObjectNode event = trigger.putObject("event");
            event.put("condition", waits.name());
            ArrayNode events = event.putArray("events");
            EVENTS.forEach(id -> events.addObject()
                    .put("id", id)
                    .putObject("condition")
                    // never holds in the world: the clients say themselves what fires
                    .put("promQuery", "chaos_signal{event=\"%s\"} > 0".formatted(id))
                    .put("gracePeriod", "5s")
                    .put("description", "Event " + id));
        }
    }

    Optional<ChaosService> service(String id) {
        return services.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    String version() {
        return "1.0." + edit;
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode graph = root.putObject("hdaGraph");
        graph.put("id", name);
        graph.put("imVersion", "0.4.0");
        graph.put("version", version());
        graph.put("description", "Edit " + edit);
        ArrayNode array = graph.putArray("services");
        services.forEach(service -> array.add(service.json()));
        return root.toString();
    }
}
