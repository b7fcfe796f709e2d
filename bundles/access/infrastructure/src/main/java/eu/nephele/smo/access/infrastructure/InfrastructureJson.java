// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.ProblemKind;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

final class InfrastructureJson {

    private InfrastructureJson() {}

    static URI path(InfrastructureRequest request) {
        return UriBuilder.fromPath("/api/v1/infrastructure/{provider}/requests/{request}")
                .build(request.provider(), request.id());
    }

    static <T> ObjectNode items(List<T> all, Function<T, ObjectNode> json) {
        ObjectNode node = object();
        ArrayNode items = node.putArray("items");
        all.forEach(each -> items.add(json.apply(each)));
        return node;
    }

    static ObjectNode toJson(Infrastructure infrastructure) {
        ObjectNode node = object().put("id", infrastructure.id()).put("status", infrastructure.status());
        node.set("details", StrictJson.node(infrastructure.details()));
        return node;
    }

    static ObjectNode toJson(InfrastructureRequest request) {
        ObjectNode node = object().put("id", request.id())
                .put("provider", request.provider())
                .put("action", request.action().name())
                .put("state", request.state().name())
                .put("createdAt", request.createdAt().toString());
        request.subject().ifPresent(id -> node.put("infrastructure", id));
        request.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
        request.result().ifPresent(result -> node.set("result", toJson(result)));
        request.failure().ifPresent(failure -> node.set("problem", toJson(failure)));
        return node;
    }

    static ObjectNode toJson(ErrorBody failure) {
        ProblemKind kind = ProblemKind.from(failure.kind());
        return object().put("type", "urn:smo:problem:" + kind.word())
                .put("title", kind.title())
                .put("status", kind.status())
                .put("detail", failure.message())
                .put("source", failure.source());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
