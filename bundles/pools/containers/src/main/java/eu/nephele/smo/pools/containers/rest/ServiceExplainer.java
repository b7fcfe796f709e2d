// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.rest.ScalingVerdict.ScalingSituation;
import eu.nephele.smo.pools.containers.rest.ServerCandidates.ServerCandidate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Explains a service: what would be decided now and why, what was decided, and where the next container would go. Reads only. */
final class ServiceExplainer {

    private static final int CYCLES = 20;

    private final PoolReading pool;
    private final PoolServices core;

    ServiceExplainer(PoolReading pool, PoolServices core) {
        this.pool = pool;
        this.core = core;
    }

    JsonObject explain(ServiceEntry service, ContainersFile file, Instant now, CallContext call) {
        Optional<GraphView> graph = pool.graph(service.name(), call);
        List<WorkloadContainer> containers = pool.containers(List.of(service)).getOrDefault(service.name(), List.of());
        ScalingSituation situation = situation(service, graph, containers, now, call);
        List<ReplicaDecision> cycles = graph.map(
                        view -> core.decisions().scaling(view.graph().id(), service.name(), CYCLES, call))
                .orElse(List.of());
        List<ServerCandidate> candidates =
                new ServerCandidates(file, service, now).list(own(containers), engines(), directives(call));
        Optional<JsonObject> placed = graph.flatMap(view -> core.decisions().placement(view, service.name(), call));
        return new ExplanationJson(service, now)
                .answer(containers, situation, ScalingVerdict.judge(service, situation), candidates)
                .with("placement_decision", ExplanationJson.placement(placed))
                .with("last_decision", ExplanationJson.last(cycles))
                .with("cycles", ExplanationJson.cycles(cycles));
    }

    private ScalingSituation situation(
            ServiceEntry service,
            Optional<GraphView> graph,
            List<WorkloadContainer> containers,
            Instant now,
            CallContext call) {
        Optional<ReplicaHold> hold = pool.awaited(service.name(), call)
                .or(() -> graph.flatMap(view -> view.service(service.name()))
                        .flatMap(ServiceView::hold)
                        .filter(held -> held.counts(now)));
        return new ScalingSituation(
                graph.map(view -> OptionalInt.of(PoolReading.decided(view))).orElse(OptionalInt.empty()),
                graph.map(view -> view.item().paused()).orElse(false),
                hold,
                pool.cooldown(service, now),
                service.hours().open().isOpen(now),
                mean(containers));
    }

    private static OptionalDouble mean(List<WorkloadContainer> containers) {
        return containers.stream()
                .map(WorkloadContainer::cpuPercent)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    private static Map<String, Integer> own(List<WorkloadContainer> containers) {
        Map<String, Integer> own = new HashMap<>();
        containers.stream()
                .filter(ContainersJson::isRunning)
                .forEach(container -> own.merge(container.server().name(), 1, Integer::sum));
        return own;
    }

    private Map<String, EngineSummary> engines() {
        Map<String, EngineSummary> engines = new HashMap<>();
        pool.engines().forEach(engine -> engines.putIfAbsent(engine.server().name(), engine));
        return engines;
    }

    private Map<String, Directive> directives(CallContext call) {
        Map<String, Directive> directives = new HashMap<>();
        core.clusters()
                .directives(call)
                .forEach(directive -> directives.putIfAbsent(directive.cluster().name(), directive));
        return directives;
    }
}
