// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import java.time.Instant;

final class ReplayJson {

    private ReplayJson() {}

    static String path(String id) {
        return "/api/v1/replays/" + id;
    }

    static ObjectNode summary(Replay replay) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", replay.id()).put("href", path(replay.id()));
        node.set("question", question(replay.question()));
        node.put("state", replay.state())
                .put("message", replay.message())
                .put("decisions", replay.decisions())
                .put("replayed", replay.replayed())
                .put("identical", replay.identical())
                .put("startedAt", replay.startedAt().toString())
                .put("finishedAt", replay.finishedAt().map(Instant::toString).orElse(null));
        return node;
    }

    static ObjectNode whole(Replay replay) {
        ObjectNode node = summary(replay);
        ArrayNode skipped = node.putArray("skipped");
        replay.skipped()
                .forEach(some -> skipped.addObject().put("why", some.why()).put("count", some.count()));
        ArrayNode differences = node.putArray("differences");
        replay.differences().forEach(difference -> differences
                .addObject()
                .put("decision", difference.decision())
                .put("graph", difference.graph())
                .put("recorded", difference.recorded())
                .put("replayed", difference.replayed()));
        ShadowJson.terms(node, replay.terms());
        return node;
    }

    private static ObjectNode question(ReplayRequest question) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", question.from().toString())
                .put("until", question.until().toString())
                .put("graph", question.graph().map(GraphId::toString).orElse(null))
                .put("kind", question.kind().orElse(null))
                .put("strategy", question.strategy().orElse(null))
                .put("version", question.version().orElse(null));
        question.parameters()
                .ifPresentOrElse(
                        parameters -> node.set("parameters", StrictJson.node(parameters)),
                        () -> node.putNull("parameters"));
        node.put("limit", question.limit());
        return node;
    }
}
