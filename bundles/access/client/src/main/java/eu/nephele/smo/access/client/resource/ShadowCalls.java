// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoReplay;
import eu.nephele.smo.access.client.model.SmoShadow;
import eu.nephele.smo.access.client.model.SmoShadowReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Strategies that decide along, and decisions of the past made again. */
public final class ShadowCalls {

    private static final String PATH = CallFactory.nativePath("shadows");

    private final CallFactory calls;

    public ShadowCalls(CallFactory calls) {
        this.calls = calls;
    }

    public SmoCall<List<SmoShadow>> list() {
        return calls.get(PATH).as(page -> JsonFields.items(page.path("items"), SmoShadow::from));
    }

    /** Lets a strategy decide along about a graph, {@code project/name}. */
    public SmoCall<SmoShadow> start(String kind, String strategy, String graph) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("kind", kind).put("graph", graph);
        body.putObject("strategy").put("id", strategy);
        return start(body);
    }

    /** The same with a body of the contract. */
    public SmoCall<SmoShadow> start(JsonNode body) {
        return calls.change("POST", PATH, Optional.of(RequestBody.json(body.toString())))
                .as(SmoShadow::from);
    }

    public SmoCall<SmoShadowReport> report(String shadow) {
        return calls.get(path(shadow)).as(SmoShadowReport::from);
    }

    /** Ends it, with its last report. */
    public SmoCall<SmoShadowReport> stop(String shadow) {
        return calls.change("DELETE", path(shadow), Optional.empty()).as(SmoShadowReport::from);
    }

    /** Its strategy decides from now on; the answer is an operation where something changes. */
    public SmoCall<JsonNode> promote(String shadow, Duration wait) {
        return calls.change("POST", path(shadow) + "/promote" + CallFactory.waiting(wait), Optional.empty())
                .within(CallFactory.LONGEST_ANSWER);
    }

    public SmoCall<List<SmoReplay>> replays() {
        return calls.get(CallFactory.nativePath("replays"))
                .as(page -> JsonFields.items(page.path("items"), SmoReplay::from));
    }

    /** Makes recorded decisions again, as a body of the contract asks. */
    public SmoCall<SmoReplay> replay(JsonNode question) {
        return calls.change(
                        "POST", CallFactory.nativePath("replays"), Optional.of(RequestBody.json(question.toString())))
                .as(SmoReplay::from);
    }

    public SmoCall<SmoReplay> replay(String replay) {
        return calls.get(CallFactory.nativePath("replays", replay)).as(SmoReplay::from);
    }

    private static String path(String shadow) {
        return CallFactory.nativePath("shadows", shadow);
    }
}
