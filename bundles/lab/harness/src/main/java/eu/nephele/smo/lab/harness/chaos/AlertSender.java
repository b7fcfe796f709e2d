// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sends alerts like Alertmanager. */
final class AlertSender {

    private AlertSender() {}

    /** One alert; the same whenever the same event of the same service fires. */
    static String firing(GraphModel graph, String service, String event) {
        String name = "%s/%s/%s".formatted(graph, service, event);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "4").put("status", "firing").put("receiver", "smo").put("groupKey", name);
        ObjectNode alert = root.putArray("alerts").addObject();
        alert.put("status", "firing");
        alert.putObject("labels")
                .put("alertname", name)
                .put("service", service)
                .put("smo_project", DescriptorEdits.PROJECT)
                .put("smo_graph", graph.name())
                .put("smo_event", event);
        alert.putObject("annotations");
        alert.put("startsAt", "2026-06-01T00:00:00Z");
        alert.put("endsAt", "0001-01-01T00:00:00Z");
        alert.put("fingerprint", "%016x".formatted(name.hashCode() & 0xffffffffL));
        return root.toString();
    }
}
