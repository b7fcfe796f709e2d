// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.model.SmoQuota;
import java.util.Map;
import java.util.Optional;

/** What projects may have, and have. */
public final class QuotaCalls {

    private final CallFactory calls;

    public QuotaCalls(CallFactory calls) {
        this.calls = calls;
    }

    public PagedItems<SmoQuota> list() {
        return new PagedItems<>(calls, CallFactory.nativePath("quotas"), SmoQuota::from);
    }

    public SmoCall<SmoQuota> get(String project) {
        return calls.get(path(project)).as(SmoQuota::from);
    }

    public SmoCall<SmoQuota> set(String project, Map<String, Long> limits) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode members = body.putObject("limits");
        limits.forEach(members::put);
        return calls.put(path(project), RequestBody.json(body.toString())).as(SmoQuota::from);
    }

    /** The default limits again. */
    public SmoCall<SmoQuota> clear(String project) {
        return calls.change("DELETE", path(project), Optional.empty()).as(SmoQuota::from);
    }

    private static String path(String project) {
        return CallFactory.nativePath("quotas", project);
    }
}
