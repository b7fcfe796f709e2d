// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.model.SmoDelivery;
import eu.nephele.smo.access.client.model.SmoNewWebhook;
import eu.nephele.smo.access.client.model.SmoWebhook;
import java.util.List;
import java.util.Optional;

/** Receivers of events. */
public final class WebhookCalls {

    private static final String PATH = CallFactory.nativePath("webhooks");

    private final CallFactory calls;

    public WebhookCalls(CallFactory calls) {
        this.calls = calls;
    }

    public PagedItems<SmoWebhook> list() {
        return new PagedItems<>(calls, PATH, SmoWebhook::from);
    }

    public SmoCall<SmoNewWebhook> add(String url, EventSelection filter) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url);
        filter.types().forEach(body.withArray("types")::add);
        filter.projects().forEach(body.withArray("projects")::add);
        return calls.change("POST", PATH, Optional.of(RequestBody.json(body.toString())))
                .as(SmoNewWebhook::from);
    }

    public SmoCall<SmoWebhook> get(String webhook) {
        return calls.get(path(webhook)).as(SmoWebhook::from);
    }

    public SmoCall<JsonNode> remove(String webhook) {
        return calls.remove(path(webhook));
    }

    public SmoCall<SmoWebhook> pause(String webhook, boolean paused) {
        return calls.put(path(webhook) + "/paused", RequestBody.json("{\"paused\":" + paused + "}"))
                .as(SmoWebhook::from);
    }

    /** {@code state}: waiting, delivered or dead; "" for all. */
    public PagedItems<SmoDelivery> deliveries(String webhook, String state) {
        return new PagedItems<>(
                calls, path(webhook) + "/deliveries" + (state.isEmpty() ? "" : "?state=" + state), SmoDelivery::from);
    }

    /** Sends dead letters again, all of them when none is named; returns how many. */
    public SmoCall<Integer> replay(String webhook, List<Long> sequences) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        sequences.forEach(sequence -> body.withArray("sequences").add(sequence));
        return calls.change(
                        "POST", path(webhook) + "/deliveries/replay", Optional.of(RequestBody.json(body.toString())))
                .as(answer -> answer.path("replayed").asInt());
    }

    private static String path(String webhook) {
        return CallFactory.nativePath("webhooks", webhook);
    }
}
