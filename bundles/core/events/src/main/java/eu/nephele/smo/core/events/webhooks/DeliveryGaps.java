// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows after which events a delivery is missing. Reads the store only for webhooks that have dead letters at all. */
final class DeliveryGaps {

    private final WebhookStore store;
    private final Set<String> withDead = ConcurrentHashMap.newKeySet();

    DeliveryGaps(WebhookStore store) {
        this.store = store;
    }

    void load() {
        store.list().stream()
                .map(Webhook::id)
                .filter(id -> store.backlog(id).dead() > 0)
                .forEach(withDead::add);
    }

    void died(Delivery delivery) {
        withDead.add(delivery.webhook());
    }

    boolean before(Delivery delivery) {
        return withDead.contains(delivery.webhook()) && store.followsDead(delivery);
    }
}
