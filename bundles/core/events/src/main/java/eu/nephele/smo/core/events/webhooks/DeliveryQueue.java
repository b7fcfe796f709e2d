// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.Delivery;
import java.util.Optional;

/** Deliveries that keep their order: the events of one resource, or those of none, for one webhook. */
record DeliveryQueue(String webhook, Optional<ResourceRef> resource) {

    static DeliveryQueue from(Delivery delivery) {
        return new DeliveryQueue(delivery.webhook(), delivery.event().resource());
    }
}
