// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.trace.TraceContext;
import java.time.format.DateTimeFormatter;

/** Events as outside systems see them, whichever way they get them: CloudEvents 1.0, structured JSON. */
public final class CloudEventJson {

    /** Media type of one event. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private CloudEventJson() {}

    /**
     * @param instanceId id of this installation, see {@link eu.nephele.smo.core.contract.store.InstanceStore}
     * @return a new node, which the caller may add to
     */
    public static ObjectNode toJson(SmoEvent event, String instanceId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("specversion", "1.0")
                .put("id", event.id())
                .put("source", "urn:smo:" + instanceId)
                .put("type", event.type());
        event.resource().ifPresent(resource -> node.put("subject", subject(event, resource)));
        node.put("time", DateTimeFormatter.ISO_INSTANT.format(event.time()))
                .put("datacontenttype", "application/json")
                // text with leading zeros: the order of texts is the order of events
                .put("sequence", "%020d".formatted(event.sequence()));
        if (!event.correlationId().isEmpty()) {
            node.put("correlationid", event.correlationId());
        }
        if (!event.traceParent().isEmpty()) {
            node.put(TraceContext.HEADER, event.traceParent());
        }
        event.operation().ifPresent(operation -> node.put("operation", operation));
        if (event.generation() > 0) {
            node.put("generation", event.generation());
        }
        node.set("data", StrictJson.node(event.data()));
        return node;
    }

    /** The id of a graph has no kind, as before there were others. */
    private static String subject(SmoEvent event, ResourceRef resource) {
        return resource.graph()
                .map(graph -> graph.project() + "/" + graph.name())
                .map(graph ->
                        event.service().map(service -> graph + "/" + service).orElse(graph))
                .orElseGet(resource::toString);
    }
}
