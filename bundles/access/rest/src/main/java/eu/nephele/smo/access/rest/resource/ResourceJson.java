// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import eu.nephele.smo.access.http.json.ConditionJson;
import eu.nephele.smo.access.http.json.OperationJson;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

final class ResourceJson {

    private ResourceJson() {}

    /** With the project where it belongs to one. */
    static String path(ResourceRef ref) {
        String path = "/api/v1/kinds/%s/resources/%s".formatted(ref.kind(), encoded(ref.name()));
        return ref.project().isEmpty() ? path : path + "?project=" + encoded(ref.project());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Documents are written as stored, so that a page of them is not parsed into trees. */
    static ObjectNode toJson(Resource resource) {
        ResourceRef ref = resource.ref();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("kind", ref.kind())
                .put("project", ref.project().isEmpty() ? null : ref.project())
                .put("name", ref.name())
                .put("uid", resource.uid())
                .put("href", path(ref))
                .put("generation", resource.generation())
                .put("documentVersion", resource.documentVersion())
                .put("phase", resource.status().phase().name());
        node.putRawValue("desired", new RawValue(resource.desired().toJson()));
        ObjectNode labels = node.putObject("labels");
        // in one order, for the tag
        new TreeMap<>(resource.labels()).forEach(labels::put);
        node.putRawValue("observed", new RawValue(resource.status().observed().toJson()));
        node.put("observedGeneration", resource.status().observedGeneration());
        node.set("conditions", ConditionJson.toJson(resource.status().conditions()));
        return node.put("leaving", resource.leaving())
                .put("createdAt", resource.createdAt().toString())
                .put("updatedAt", resource.updatedAt().toString());
    }

    /** @param operation that establishes the desired state; empty when it was established before */
    static ObjectNode toJson(Resource resource, Optional<Operation> operation) {
        ObjectNode node = toJson(resource);
        operation.ifPresentOrElse(
                open -> node.set("operation", OperationJson.link(open)), () -> node.putNull("operation"));
        return node;
    }
}
