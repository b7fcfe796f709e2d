// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list that is ordered by a member of its items. */
record ListPage(PageRequest request, String member) {

    static ListPage from(@Nullable String limit, @Nullable String cursor, String member) {
        return new ListPage(PageRequest.of(limit, cursor), member);
    }

    JsonNode json(List<JsonObject> items) {
        return request.render(
                items.stream().sorted(Comparator.comparing(this::key)).toList(), this::key, StrictJson::node);
    }

    private String key(JsonObject item) {
        return item.get(member)
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value())
                .orElse("");
    }
}
