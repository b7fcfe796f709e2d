// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static eu.nephele.smo.core.contract.json.JsonFieldWriter.array;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Proposals as JSON. CPU in cores, memory in bytes. */
final class RightsizingJson {

    private static final double PERCENT = 100;

    private RightsizingJson() {}

    static JsonObject json(GraphId graph, List<ServiceAdvice> advices, Instant now) {
        return new JsonFieldWriter()
                .put("project", graph.project())
                .put("graph", graph.name())
                .put("at", now.toString())
                .put("savedCores", saved(advices, ComputeResource.CPU))
                .put("savedMemoryBytes", Math.round(saved(advices, ComputeResource.MEMORY)))
                .put("items", array(advices, RightsizingJson::json))
                .object();
    }

    private static double saved(List<ServiceAdvice> advices, ComputeResource resource) {
        return advices.stream().mapToDouble(each -> each.of(resource).saving()).sum();
    }

    private static JsonObject json(ServiceAdvice advice) {
        return new JsonFieldWriter()
                .put("service", advice.service())
                .put("proposal", advice.isProposal())
                .put("confirmable", advice.isProposal() && advice.chart().isTaken())
                .put(
                        "chartValue",
                        Optional.of(advice.chart())
                                .filter(ChartRequests::isTaken)
                                .map(ChartRequests::value))
                .put("obstacle", Optional.of(advice.chart().obstacle()).filter(text -> !text.isEmpty()))
                .put("scaled", advice.scaling().scaled())
                .put("cpu", json(advice, ComputeResource.CPU))
                .put("ram", json(advice, ComputeResource.MEMORY))
                .object();
    }

    private static JsonObject json(ServiceAdvice service, ComputeResource resource) {
        ResourceAdvice advice = service.of(resource);
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("class", Optional.ofNullable(service.classes().get(resource)))
                .put("requested", advice.present());
        Optional.ofNullable(service.asked().get(resource)).ifPresent(asked -> {
            fields.put("requestedFrom", asked.isOfPods() ? "pods" : "class");
            asked.pods().ifPresent(pods -> fields.put("podsRequest", pods));
        });
        advice.proposed().ifPresent(to -> fields.put("proposedClass", to.name())
                .put("proposed", to.amount())
                .put("saved", advice.saving())
                .put("savedPercent", PERCENT * (1 - to.amount() / advice.present())));
        return fields.put("reason", advice.reason())
                .texts("risks", advice.risks())
                .put("need", advice.need())
                .put("used", json(advice.use()))
                .put("replicas", advice.replicas())
                .put(
                        "quality",
                        new JsonFieldWriter()
                                .put(
                                        "confidence",
                                        advice.quality().confidence().name().toLowerCase(Locale.ROOT))
                                .put("samples", advice.quality().samples())
                                .put("hours", advice.quality().hours())
                                .put("text", advice.quality().text())
                                .object())
                .object();
    }

    private static JsonObject json(ObservedUse use) {
        return new JsonFieldWriter()
                .put("median", use.median())
                .put("quantile", use.quantile())
                .put("peak", use.peak())
                .put("startUpPeak", use.startUpPeak())
                .object();
    }
}
