// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Responses;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** Lists that are short enough for one answer. */
final class ListResponse {

    private ListResponse() {}

    static <T> Response answer(ContainerRequestContext request, List<T> all, Function<T, JsonNode> json) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        all.forEach(item -> items.add(json.apply(item)));
        return Responses.cacheable(request, answer);
    }
}
