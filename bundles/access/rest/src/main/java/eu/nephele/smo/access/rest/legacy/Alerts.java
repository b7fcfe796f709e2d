// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.http.Answers;
import eu.nephele.smo.access.rest.http.Bodies;
import eu.nephele.smo.api.graph.GraphService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;

/** Where Alertmanager sends its notifications. */
@Path("alerts")
public final class Alerts {

    private final AlertHandling handling;

    public Alerts(GraphService graphs) {
        this.handling = new AlertHandling(graphs);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response receive(InputStream body) {
        ObjectNode payload = Bodies.object(body)
                .orElseThrow(() -> Bodies.invalid("", "is empty, expected a notification of Alertmanager"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("message", "Alert processed");
        ArrayNode results = answer.putArray("results");
        handling.handle(AlertPayload.read(payload)).forEach(result -> results.add(json(result)));
        return Answers.json(200, answer).build();
    }

    private static ObjectNode json(AlertHandling.Result result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("alert", result.alert().name());
        node.put("service", result.alert().service().orElse(null));
        node.put("project", result.graph().map(graph -> graph.project()).orElse(null));
        node.put("graph", result.graph().map(graph -> graph.name()).orElse(null));
        node.put("result", result.outcome().name().toLowerCase(Locale.ROOT));
        node.put("message", result.message());
        return node;
    }
}
