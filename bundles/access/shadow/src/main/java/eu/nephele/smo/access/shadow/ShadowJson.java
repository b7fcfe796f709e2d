// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.json.SelectionJson;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import java.util.List;

final class ShadowJson {

    private ShadowJson() {}

    static String path(String id) {
        return "/api/v1/shadows/" + id;
    }

    static ObjectNode toJson(Shadow shadow) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", shadow.id()).put("href", path(shadow.id())).put("kind", shadow.kind());
        node.set("strategy", SelectionJson.toJson(shadow.selection()));
        node.put("project", shadow.scope().project().orElse(null))
                .put("graph", shadow.scope().graph().map(GraphId::toString).orElse(null))
                .put("principal", shadow.origin().principal())
                .put("since", shadow.since().toString());
        return node;
    }

    static ObjectNode report(ShadowReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("shadow", toJson(report.shadow()));
        node.put("compared", report.counts().compared())
                .put("agreed", report.counts().agreed())
                .put("onlyLive", report.counts().onlyLive())
                .put("onlyShadow", report.counts().onlyShadow())
                .put("dropped", report.counts().dropped())
                .put("faults", report.counts().faults());
        terms(node, report.terms());
        node.put("liveMoves", report.liveMoves())
                .put("shadowMoves", report.shadowMoves())
                .put("liveReplicas", report.liveReplicas())
                .put("shadowReplicas", report.shadowReplicas());
        finite(node, "liveMillis", report.liveMillis());
        finite(node, "shadowMillis", report.shadowMillis());
        ArrayNode latest = node.putArray("latest");
        report.latest().forEach(comparedDecision -> latest.addObject()
                .put("at", comparedDecision.at().toString())
                .put("graph", comparedDecision.graph())
                .put("agreed", comparedDecision.agreed())
                .put("live", comparedDecision.live())
                .put("shadow", comparedDecision.shadow().orElse(null))
                .put("fault", comparedDecision.fault().orElse(null)));
        return node;
    }

    static void terms(ObjectNode node, List<ObjectiveSum> terms) {
        ArrayNode array = node.putArray("terms");
        terms.forEach(objectiveSum -> {
            ObjectNode item =
                    array.addObject().put("objective", objectiveSum.objective()).put("unit", objectiveSum.unit());
            finite(item, "live", objectiveSum.live());
            finite(item, "shadow", objectiveSum.shadow());
            finite(item, "difference", objectiveSum.shadow() - objectiveSum.live());
        });
    }

    /** Null while the number is unknown. */
    private static void finite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
