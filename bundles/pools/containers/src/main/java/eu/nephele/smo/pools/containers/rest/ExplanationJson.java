// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.rest.ScalingVerdict.ScalingSituation;
import eu.nephele.smo.pools.containers.rest.ServerCandidates.ServerCandidate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An explanation as JSON; what is not known is null. */
final class ExplanationJson {

    private static final JsonValue UNKNOWN = new JsonNull();
    private static final String REASON = "reason";
    private static final String TIMESTAMP = "timestamp";

    private final ServiceEntry service;
    private final Instant now;

    ExplanationJson(ServiceEntry service, Instant now) {
        this.service = service;
        this.now = now;
    }

    JsonObject answer(
            List<WorkloadContainer> containers,
            ScalingSituation situation,
            ScalingVerdict verdict,
            List<ServerCandidate> candidates) {
        return JsonObject.EMPTY
                .with("service_name", new JsonString(service.name()))
                .with(TIMESTAMP, ContainersJson.time(now))
                .with("inputs", inputs(containers, situation))
                .with("rule", new JsonString(verdict.rule().word()))
                .with("outcome", outcome(verdict.from(), verdict.to()))
                .with(REASON, new JsonString(verdict.reason()))
                .with("candidates", array(candidates, ExplanationJson::candidate));
    }

    private JsonObject inputs(List<WorkloadContainer> containers, ScalingSituation situation) {
        return JsonObject.EMPTY
                .with(
                        "avg_cpu",
                        situation.cpu().isPresent()
                                ? ContainersJson.rounded(situation.cpu().getAsDouble())
                                : UNKNOWN)
                .with("containers", array(containers, ExplanationJson::measured))
                .with("container_count", JsonNumber.of(ContainersJson.count(containers)))
                .with("min_replicas", JsonNumber.of(service.replicas().min()))
                .with("max_replicas", JsonNumber.of(service.replicas().max()))
                .with("scale_up_threshold", ContainersJson.number(service.cpu().up()))
                .with(
                        "scale_down_threshold",
                        ContainersJson.number(service.cpu().down()))
                .with("cooldown_remaining", JsonNumber.of(situation.cooldown().toSeconds()))
                .with("business_hours_only", new JsonBoolean(service.hours().only()))
                .with("is_business_hours", new JsonBoolean(situation.open()))
                .with("paused", new JsonBoolean(situation.paused()))
                .with(
                        "held",
                        situation
                                .hold()
                                .map(hold -> (JsonValue) JsonObject.EMPTY
                                        .with("replicas", JsonNumber.of(hold.replicas()))
                                        .with(
                                                "until",
                                                hold.until()
                                                        .map(until -> (JsonValue) ContainersJson.time(until))
                                                        .orElse(UNKNOWN)))
                                .orElse(UNKNOWN));
    }

    private static JsonObject measured(WorkloadContainer container) {
        return JsonObject.EMPTY
                .with("id", new JsonString(container.id()))
                .with("server", new JsonString(container.server().name()))
                .with("status", new JsonString(container.state()))
                .with(
                        "cpu_percent",
                        container.cpuPercent().isPresent()
                                ? ContainersJson.rounded(container.cpuPercent().getAsDouble())
                                : UNKNOWN);
    }

    private static JsonObject outcome(int from, int to) {
        return JsonObject.EMPTY
                .with("action", new JsonString(ScalingEvent.action(from, to)))
                .with("from_count", JsonNumber.of(from))
                .with("to_count", JsonNumber.of(to));
    }

    private static JsonObject candidate(ServerCandidate candidate) {
        return JsonObject.EMPTY
                .with("server", new JsonString(candidate.server().name()))
                .with("possible", new JsonBoolean(candidate.possible()))
                .with("chosen", new JsonBoolean(candidate.chosen()))
                .with("service_containers", JsonNumber.of(candidate.own()))
                .with("current_containers", JsonNumber.of(candidate.containers()))
                .with("max_containers", JsonNumber.of(candidate.server().maxContainers()))
                .with(REASON, new JsonString(candidate.reason()));
    }

    /** Of what the core keeps: when, by which strategy, and its sentences. */
    static JsonValue placement(Optional<JsonObject> placed) {
        return placed.<JsonValue>map(kept -> JsonObject.EMPTY
                        .with(TIMESTAMP, kept.get("at").orElse(UNKNOWN))
                        .with("strategy", kept.get("strategy").orElse(UNKNOWN))
                        .with("text", kept.get("text").orElse(JsonArray.EMPTY)))
                .orElse(UNKNOWN);
    }

    static JsonValue last(List<ReplicaDecision> cycles) {
        return cycles.isEmpty() ? UNKNOWN : cycle(cycles.get(0));
    }

    static JsonArray cycles(List<ReplicaDecision> cycles) {
        return array(cycles, ExplanationJson::cycle);
    }

    private static JsonObject cycle(ReplicaDecision decision) {
        JsonObject outcome = outcome(decision.from(), decision.to());
        return outcome.with(TIMESTAMP, ContainersJson.time(decision.at()))
                .with("strategy", new JsonString(decision.strategy()))
                .with(REASON, new JsonString(decision.reason()));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> shown) {
        return new JsonArray(
                items.stream().map(item -> (JsonValue) shown.apply(item)).toList());
    }
}
