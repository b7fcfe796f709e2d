// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Kinds that a member supports, read from its discovery. */
final class ApiEnablements {

    private static final JsonMapper JSON = new JsonMapper();

    private final ApiServer server;
    private volatile ArrayNode known = JSON.createArrayNode();

    ApiEnablements(ApiServer server) {
        this.server = server;
    }

    /** @throws KubernetesClientException when it does not answer; the known kinds stay */
    void ask() {
        ArrayNode found = JSON.createArrayNode();
        found.add(group("/api/v1", "v1"));
        for (JsonNode group : read("/apis").path("groups")) {
            for (JsonNode version : group.path("versions")) {
                String name = version.path("groupVersion").asText();
                found.add(group("/apis/" + name, name));
            }
        }
        known = found;
    }

    ArrayNode all() {
        return known;
    }

    boolean serve(ObjectKind kind) {
        for (JsonNode group : known) {
            if (group.path("groupVersion").asText().equals(kind.apiVersion())) {
                for (JsonNode resource : group.path("resources")) {
                    if (resource.path("kind").asText().equals(kind.name())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private ObjectNode group(String path, String name) {
        ObjectNode group = JSON.createObjectNode().put("groupVersion", name);
        ArrayNode resources = group.putArray("resources");
        for (JsonNode resource : read(path).path("resources")) {
            if (!resource.path("name").asText().contains("/")) {
                resources
                        .addObject()
                        .put("name", resource.path("name").asText())
                        .put("kind", resource.path("kind").asText());
            }
        }
        return group;
    }

    private JsonNode read(String path) {
        try {
            return JSON.readTree(server.client().raw(path));
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException("%s of %s is not JSON".formatted(path, server.name()), e);
        }
    }
}
