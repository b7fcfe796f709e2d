// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Map;

/**
 * The services of one graph by their ids, and its priority: what is known of all graphs before their descriptors are read.
 *
 * @param id project and name
 * @param services in descriptor order
 * @param retiring services that a former descriptor had and that are not gone yet: id → artifact type
 * @param priority who gets the room when there is not enough: the higher number
 */
public record GraphServices(GraphId id, List<String> services, Map<String, String> retiring, int priority) {

    public GraphServices {
        services = List.copyOf(services);
        retiring = Map.copyOf(retiring);
    }
}
