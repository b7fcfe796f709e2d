// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.Delivery;
import java.util.Optional;

/** What keeps its order: the events of one graph, or those of none, for one webhook. */
record Lane(String webhook, Optional<GraphId> graph) {

    static Lane of(Delivery delivery) {
        return new Lane(delivery.webhook(), delivery.event().graph());
    }
}
