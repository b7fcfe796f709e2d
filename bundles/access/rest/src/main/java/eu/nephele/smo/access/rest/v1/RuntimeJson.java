// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import eu.nephele.smo.core.contract.runtime.EngineActivity.ReconcilePass;
import eu.nephele.smo.core.contract.runtime.RuntimeReport;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EngineWork;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.EventTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.HttpTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.JavaProcess;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemHistory;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Store;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;

/** Present activity of the server as JSON; unknown values are null. */
final class RuntimeJson {

    private static final double THOUSAND = 1000;
    private static final double NANOS_PER_MILLI = 1e6;

    private RuntimeJson() {}

    static ObjectNode toJson(RuntimeReport report, int streams, int mostStreams) {
        ObjectNode json = object();
        json.put("at", report.at().truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("uptimeSeconds", report.uptime().toSeconds());
        json.put("windowSeconds", rounded(report.window().toMillis() / THOUSAND));
        json.set("work", report.work().<JsonNode>map(RuntimeJson::work).orElse(nothing()));
        json.set("store", store(report.store()));
        json.set("requests", requests(report.requests()));
        json.set("outsideSystems", array(report.systems(), RuntimeJson::system));
        json.set("strategies", array(report.strategies(), RuntimeJson::strategy));
        json.set("events", events(report.events(), streams, mostStreams));
        json.set("process", process(report.process()));
        return json;
    }

    private static ObjectNode work(EngineWork work) {
        Activity activity = work.activity();
        ObjectNode json = object();
        json.put("passesPerSecond", rounded(work.passesPerSecond()));
        json.set("meanPassMillis", millis(work.meanPass()));
        json.put("refusalsPerSecond", rounded(work.refusalsPerSecond()));
        json.set("waiting", array(activity.waiting(), laneBacklog -> object().put("reason", laneBacklog.reason())
                .put("graphs", laneBacklog.graphs())
                .put("oldestMillis", laneBacklog.oldest().toMillis())));
        json.put("workers", activity.workers());
        json.put("workersBusy", activity.workersBusy());
        json.set("longestPasses", array(activity.longest(), RuntimeJson::pass));
        json.set("costliestPasses", array(activity.costliest(), RuntimeJson::pass));
        return json;
    }

    private static ObjectNode pass(ReconcilePass pass) {
        return object().put("project", pass.graph().project())
                .put("graph", pass.graph().name())
                .put("endedAt", pass.ended().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("millis", millis(pass.duration()))
                .put("processorMillis", millis(pass.processorTime()));
    }

    private static ObjectNode store(Store store) {
        ObjectNode json = object().put("statementsPerSecond", rounded(store.statementsPerSecond()));
        json.set(
                "statementsPerPass",
                store.statementsPerPass().isEmpty()
                        ? nothing()
                        : number(store.statementsPerPass().getAsDouble()));
        return json;
    }

    private static ObjectNode requests(HttpTraffic httpTraffic) {
        ObjectNode json = object().put("perSecond", rounded(httpTraffic.perSecond()));
        json.set("meanMillis", millis(httpTraffic.mean()));
        return json.put("errorsPerSecond", rounded(httpTraffic.errorsPerSecond()))
                .put("refusalsPerSecond", rounded(httpTraffic.refusalsPerSecond()));
    }

    private static ObjectNode system(OutsideSystemTraffic system) {
        ObjectNode json = object().put("system", system.name()).put("callsPerSecond", rounded(system.callsPerSecond()));
        json.set("meanMillis", millis(system.mean()));
        json.put("failuresPerSecond", rounded(system.failuresPerSecond()))
                .put("circuit", system.circuit().orElse(null))
                .put("inFlight", system.inFlight());
        json.put("since", system.known().map(known -> known.since().toString()).orElse(null));
        json.set("retryAfterMillis", millis(system.known().flatMap(OutsideSystemHistory::retryAfter)));
        json.put(
                "lastFailure",
                system.known().flatMap(OutsideSystemHistory::lastFailure).orElse(null));
        return json.put(
                "lastSuccess",
                system.known()
                        .flatMap(OutsideSystemHistory::lastSuccess)
                        .map(Instant::toString)
                        .orElse(null));
    }

    private static ObjectNode strategy(Strategy strategy) {
        ObjectNode json = object().put("strategy", strategy.name())
                .put("kind", strategy.kind().orElse(null))
                .put("decisions", strategy.decisions())
                .put("perSecond", rounded(strategy.perSecond()));
        json.set("meanMillis", millis(strategy.mean()));
        return json.put("faults", strategy.faults());
    }

    private static ObjectNode events(EventTraffic events, int streams, int mostStreams) {
        return object().put("streams", streams)
                .put("mostStreams", mostStreams)
                .put("publishedPerSecond", rounded(events.publishedPerSecond()))
                .put("deliveriesPerSecond", rounded(events.deliveriesPerSecond()))
                .put("subscriberLagEvents", events.subscriberLag());
    }

    private static ObjectNode process(JavaProcess process) {
        ObjectNode json = object().put("processors", process.processors())
                .put("processorShare", rounded(process.processorShare()))
                .put("heapUsedBytes", process.heapUsed())
                .put("heapCommittedBytes", process.heapCommitted())
                .put("heapMaxBytes", process.heapMax())
                .put(
                        "heapAfterCollectionBytes",
                        process.heapAfterCollection().isEmpty()
                                ? null
                                : (Long) process.heapAfterCollection().getAsLong())
                .put("threads", process.threads());
        json.set("collections", array(process.collections(), collector -> object().put("collector", collector.name())
                .put("count", collector.count())
                .put("millis", collector.time().toMillis())
                .put("countInWindow", collector.countInWindow())
                .put("millisInWindow", collector.timeInWindow().toMillis())));
        return json;
    }

    private static <T> ArrayNode array(List<T> items, Function<T, ObjectNode> json) {
        return items.stream()
                .map(json)
                .collect(Collector.of(JsonNodeFactory.instance::arrayNode, ArrayNode::add, ArrayNode::addAll));
    }

    private static JsonNode millis(Optional<Duration> duration) {
        return duration.<JsonNode>map(known -> JsonNodeFactory.instance.numberNode(millis(known)))
                .orElse(nothing());
    }

    private static double millis(Duration duration) {
        return rounded(duration.toNanos() / NANOS_PER_MILLI);
    }

    private static JsonNode number(double value) {
        return JsonNodeFactory.instance.numberNode(rounded(value));
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }
}
