// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.events.InMemoryLog;
import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.util.Optional;

/** Rooms that tell what happens, and come and go as a test wants. */
final class InMemoryEvents {

    final InMemoryLog log = new InMemoryLog();
    final InMemoryWebhooks webhooks = new InMemoryWebhooks();
    volatile boolean away;

    Optional<EventLog> logNow() {
        return away ? Optional.empty() : Optional.of(log);
    }

    Optional<WebhookService> webhooksNow() {
        return away ? Optional.empty() : Optional.of(webhooks);
    }

    Optional<InstanceStore> instanceNow() {
        return Optional.of(new InstanceStore() {
            @Override
            public String instanceId() {
                return "7d2c";
            }

            @Override
            public boolean reachable() {
                return true;
            }
        });
    }

    EventLog log() {
        return DynamicServiceProxy.create(EventLog.class, "log of events", this::logNow);
    }

    WebhookService webhooks() {
        return DynamicServiceProxy.create(WebhookService.class, "delivery to webhooks", this::webhooksNow);
    }

    InstanceStore instance() {
        return DynamicServiceProxy.create(InstanceStore.class, "store", this::instanceNow);
    }
}
