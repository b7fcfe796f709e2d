// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.Violation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Problem details (RFC 9457) with what this server adds.
 *
 * @param kind stable word, the last part of the type {@code urn:smo:problem:…}
 * @param reasons service → cluster → why not
 * @param owner the server that accepts the request, where this one does not
 */
public record Problem(
        String kind,
        String title,
        int status,
        String detail,
        String source,
        Optional<String> operation,
        List<Violation> violations,
        Map<String, Map<String, String>> reasons,
        Optional<URI> owner) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:smo:problem:";

    public Problem {
        violations = List.copyOf(violations);
        reasons = Map.copyOf(reasons);
    }

    static Problem create(String kind, String title, int status, String detail) {
        return new Problem(kind, title, status, detail, "smo", Optional.empty(), List.of(), Map.of(), Optional.empty());
    }

    ObjectNode json(String instance, String correlationId, Optional<String> traceId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", TYPE + kind)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", instance)
                .put("source", source)
                .put("correlationId", correlationId);
        traceId.ifPresent(id -> node.put("traceId", id));
        operation.ifPresent(id -> node.put("operation", id));
        owner.ifPresent(address -> node.put("owner", address.toString()));
        if (!violations.isEmpty()) {
            ArrayNode errors = node.putArray("errors");
            violations.forEach(violation ->
                    errors.addObject().put("pointer", violation.pointer()).put("message", violation.message()));
        }
        if (!reasons.isEmpty()) {
            ObjectNode byService = node.putObject("reasons");
            reasons.forEach((service, byCluster) -> {
                ObjectNode clusters = byService.putObject(service);
                byCluster.forEach(clusters::put);
            });
        }
        return node;
    }
}
