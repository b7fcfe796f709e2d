// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoKind;
import eu.nephele.smo.access.client.model.SmoOperation;
import eu.nephele.smo.access.client.model.SmoResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Resources of the kinds that bundles bring; the project is "" for kinds of the server. */
public final class ResourceCalls {

    private final CallFactory calls;

    public ResourceCalls(CallFactory calls) {
        this.calls = calls;
    }

    public SmoCall<List<SmoKind>> kinds() {
        return calls.get(CallFactory.nativePath("kinds"))
                .as(page -> JsonFields.items(page.path("items"), SmoKind::from));
    }

    public PagedItems<SmoResource> list(String kind) {
        return new PagedItems<>(calls, CallFactory.nativePath("kinds", kind, "resources"), SmoResource::from);
    }

    public SmoCall<SmoResource> get(String kind, String project, String name) {
        return calls.get(path(kind, name) + query(project)).as(SmoResource::from);
    }

    /** Creates or replaces it; {@link SmoCall#onlyIf} and {@link SmoCall#onlyNew} restrict that. */
    public SmoCall<SmoResource> put(String kind, String project, String name, JsonNode desired, Duration wait) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("desired", desired);
        String query = query(project);
        return calls.keyed(
                        "PUT",
                        path(kind, name)
                                + (query.isEmpty() ? CallFactory.waiting(wait) : query + "&wait=" + wait.toSeconds()),
                        Optional.of(RequestBody.json(body.toString())))
                .as(SmoResource::from);
    }

    public SmoCall<SmoOperation> remove(String kind, String project, String name) {
        return calls.keyed("DELETE", path(kind, name) + query(project), Optional.empty())
                .as(SmoOperation::from);
    }

    private static String path(String kind, String name) {
        return CallFactory.nativePath("kinds", kind, "resources", name);
    }

    private static String query(String project) {
        return project.isEmpty() ? "" : "?project=" + CallFactory.encoded(project);
    }
}
