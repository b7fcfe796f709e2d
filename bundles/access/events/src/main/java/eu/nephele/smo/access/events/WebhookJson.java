// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.event.CloudEventJson;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import java.util.Locale;

/** Without the secrets of webhooks. */
final class WebhookJson {

    private WebhookJson() {}

    static ObjectNode summary(Webhook webhook) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", webhook.id()).put("url", webhook.url().toString());
        ArrayNode types = node.putArray("types");
        webhook.filter().types().stream().sorted().forEach(types::add);
        ArrayNode projects = node.putArray("projects");
        webhook.filter().projects().stream().sorted().forEach(projects::add);
        node.put("paused", webhook.paused());
        node.put("createdAt", webhook.createdAt().toString());
        webhook.registeredBy().ifPresent(name -> node.put("registeredBy", name));
        return node;
    }

    static ObjectNode whole(Webhook webhook, DeliveryBacklog backlog) {
        ObjectNode node = summary(webhook);
        node.putObject("backlog").put("waiting", backlog.waiting()).put("dead", backlog.dead());
        return node;
    }

    /** The only answer with a secret, if it was generated here. */
    static ObjectNode created(Registered registered) {
        ObjectNode node = summary(registered.webhook());
        registered.generatedSecret().ifPresent(secret -> node.put("secret", secret));
        return node;
    }

    static ObjectNode delivery(Delivery delivery, String instanceId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sequence", delivery.event().sequence());
        node.put("state", delivery.state().name().toLowerCase(Locale.ROOT));
        node.put("attempts", delivery.attempts());
        if (delivery.state() == Delivery.DeliveryState.WAITING) {
            node.put("nextAttemptAt", delivery.nextAttemptAt().toString());
        }
        delivery.finishedAt().ifPresent(at -> node.put("finishedAt", at.toString()));
        if (delivery.lastStatus() > 0) {
            node.put("lastStatus", delivery.lastStatus());
        }
        if (!delivery.lastError().isEmpty()) {
            node.put("lastError", delivery.lastError());
        }
        node.set("event", CloudEventJson.toJson(delivery.event(), instanceId));
        return node;
    }
}
