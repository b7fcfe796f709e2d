// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RestCalls.TaggedContent;
import java.util.Optional;

/** Profiles of a server: resources of the kind {@code service-profile}. */
final class StoredProfiles {

    private static final String[] PATH = {"api", "v1", "kinds", "service-profile", "resources"};

    private static final int NOT_FOUND = 404;

    private final RestCalls client;

    StoredProfiles(RestCalls client) {
        this.client = client;
    }

    ArrayNode all() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        String next = "";
        do {
            String cursor = next.isEmpty() ? "" : "?cursor=" + RestCalls.encoded(next);
            JsonNode page = client.get(RestCalls.path(PATH) + cursor);
            page.path("items").forEach(all::add);
            next = page.path("nextCursor").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        return all;
    }

    JsonNode one(String name) {
        return client.get(path(name));
    }

    TaggedContent tagged(String name) {
        return client.tagged(path(name));
    }

    /** Empty when the server has none of this name. */
    Optional<TaggedContent> findTagged(String name) {
        try {
            return Optional.of(tagged(name));
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    JsonNode put(String name, JsonNode desired) {
        return client.put(path(name), body(desired));
    }

    /** Unless somebody else, or the server that learns, has changed it since. */
    JsonNode put(String name, JsonNode desired, String tag) {
        return client.put(path(name), body(desired), tag);
    }

    private static ObjectNode body(JsonNode desired) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("desired", desired);
        return body;
    }

    private static String path(String name) {
        return RestCalls.path(PATH) + "/" + RestCalls.encoded(name);
    }
}
