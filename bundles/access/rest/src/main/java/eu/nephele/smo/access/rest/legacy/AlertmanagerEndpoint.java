// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.AlertService.Alert;
import eu.nephele.smo.api.graph.AlertService.Outcome;
import eu.nephele.smo.api.graph.AlertService.Result;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Receives the notifications of Alertmanager. */
@Path("alerts")
public final class AlertmanagerEndpoint {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final AlertService service;

    public AlertmanagerEndpoint(AlertService service) {
        this.service = service;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response receive(@Context ContainerRequestContext call, InputStream body) {
        ObjectNode payload = RequestBodies.object(body)
                .orElseThrow(() -> RequestBodies.invalid("", "is empty, expected a notification of Alertmanager"));
        List<ParsedAlert> read = AlertPayload.read(payload);
        List<Alert> alerts =
                read.stream().flatMap(each -> each.alert().stream()).toList();
        List<Result> told = ChangeSubmission.create(call).ask(from -> service.receive(alerts, from));
        told.stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .findFirst()
                .ifPresent(result -> {
                    throw toException(result);
                });
        Iterator<Result> results = told.iterator();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("message", "Alert processed");
        ArrayNode items = answer.putArray("results");
        read.forEach(alert -> items.add(json(alert, alert.alert().isPresent() ? results.next() : unreadable(alert))));
        return Responses.json(200, answer).build();
    }

    /** Alertmanager repeats refused notifications only. Alerts handled already are not handled twice. */
    private static SmoException toException(Result failed) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "Some alerts could not be handled now; send all of them again. "
                        + failed.service().map(id -> id + ": ").orElse("") + failed.message(),
                Optional.of(RETRY));
    }

    private static Result unreadable(ParsedAlert alert) {
        return new Result(Outcome.FAILED, Optional.empty(), Optional.empty(), "It cannot be read: " + alert.trouble());
    }

    private static ObjectNode json(ParsedAlert alert, Result result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("alert", alert.label("alertname").orElse(""));
        node.put("fingerprint", alert.alert().map(Alert::fingerprint).orElse(""));
        node.put("service", result.service().or(() -> alert.label("service")).orElse(null));
        node.put("project", result.graph().map(GraphId::project).orElse(null));
        node.put("graph", result.graph().map(GraphId::name).orElse(null));
        node.put("result", result.outcome().name().toLowerCase(Locale.ROOT));
        node.put("message", result.message());
        return node;
    }
}
