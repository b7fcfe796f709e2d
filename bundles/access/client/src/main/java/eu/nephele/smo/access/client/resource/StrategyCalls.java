// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoDefault;
import eu.nephele.smo.access.client.model.SmoStrategy;
import java.util.List;
import java.util.Optional;

/** Strategies, objectives and intents, and the defaults. */
public final class StrategyCalls {

    private final CallFactory calls;

    public StrategyCalls(CallFactory calls) {
        this.calls = calls;
    }

    public SmoCall<List<SmoStrategy>> list() {
        return strategies(CallFactory.nativePath("strategies"));
    }

    /** {@code kind}: placement, scaling, objective or intent. */
    public SmoCall<List<SmoStrategy>> list(String kind) {
        return strategies(CallFactory.nativePath("strategies", kind));
    }

    public SmoCall<SmoStrategy> get(String kind, String id, String version) {
        return calls.get(CallFactory.nativePath("strategies", kind, id, version))
                .as(SmoStrategy::from);
    }

    public SmoCall<SmoStrategy> eject(String kind, String id, String version, String why) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("why", why);
        return calls.change(
                        "POST",
                        CallFactory.nativePath("strategies", kind, id, version, "eject"),
                        Optional.of(RequestBody.json(body.toString())))
                .as(SmoStrategy::from);
    }

    public SmoCall<SmoStrategy> reinstate(String kind, String id, String version) {
        return calls.change("POST", CallFactory.nativePath("strategies", kind, id, version, "let-in"), Optional.empty())
                .as(SmoStrategy::from);
    }

    public SmoCall<List<SmoDefault>> defaults() {
        return calls.get(CallFactory.nativePath("defaults"))
                .as(page -> JsonFields.items(page.path("items"), SmoDefault::from));
    }

    public SmoCall<SmoDefault> setDefault(String key, String value) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("value", value);
        return calls.put(CallFactory.nativePath("defaults", key), RequestBody.json(body.toString()))
                .as(SmoDefault::from);
    }

    private SmoCall<List<SmoStrategy>> strategies(String path) {
        return calls.get(path).as(page -> JsonFields.items(page.path("items"), SmoStrategy::from));
    }
}
