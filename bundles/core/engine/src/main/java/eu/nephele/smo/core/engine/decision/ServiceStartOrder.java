// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services as they can begin: each after those that it needs, else as declared. */
public final class ServiceStartOrder {

    private final Graph graph;
    private final Set<String> begun = new HashSet<>();
    private final Map<String, ServiceSpec> ordered = new LinkedHashMap<>();

    private ServiceStartOrder(Graph graph) {
        this.graph = graph;
    }

    public static List<ServiceSpec> compute(Graph graph) {
        ServiceStartOrder order = new ServiceStartOrder(graph);
        graph.services().forEach(order::add);
        return List.copyOf(order.ordered.values());
    }

    private void add(ServiceSpec service) {
        if (!begun.add(service.id())) {
            return;
        }
        if (service.trigger() instanceof Trigger.Auto auto) {
            auto.dependencies().forEach(needed -> graph.service(needed).ifPresent(this::add));
        }
        ordered.put(service.id(), service);
    }
}
