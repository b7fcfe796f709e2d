// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Shadows, replays and sensitivities in maps, with fixed results. */
final class InMemoryTrials implements ShadowService {

    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final ShadowReport.ObjectiveSum CARBON = new ShadowReport.ObjectiveSum("carbon", "kg/h", 1.5, 0.5);

    private final Map<String, Shadow> shadows = new ConcurrentSkipListMap<>();
    final Replays replays = new Replays();
    final ScriptedSensitivity sensitivity = new ScriptedSensitivity();

    /** Operation that a promotion makes. */
    volatile Optional<String> promotion = Optional.empty();

    @Override
    public Shadow begin(String kind, StrategySelection selection, Shadow.ShadowScope scope, CallContext call) {
        String id = "shadow-%d".formatted(shadows.size() + 1);
        Shadow shadow = new Shadow(id, kind, selection, scope, call.origin(), THEN);
        shadows.put(id, shadow);
        return shadow;
    }

    @Override
    public List<Shadow> shadows(CallContext call) {
        return List.copyOf(shadows.values());
    }

    @Override
    public Optional<ShadowReport> report(String id, CallContext call) {
        return Optional.ofNullable(shadows.get(id)).map(InMemoryTrials::reportOf);
    }

    private static ShadowReport reportOf(Shadow shadow) {
        ShadowReport.ComparedDecision comparedDecision = new ShadowReport.ComparedDecision(
                THEN, "demo/hello", false, "web on c2", Optional.empty(), Optional.of("timeout"));
        return new ShadowReport(
                shadow,
                new ShadowReport.ComparisonCounts(10, 7, 1, 0, 2, 1),
                List.of(CARBON),
                3,
                5,
                0,
                0,
                1.25,
                Double.NaN,
                List.of(comparedDecision));
    }

    @Override
    public ShadowReport end(String id, CallContext call) {
        ShadowReport last =
                report(id, CallContext.INTERNAL).orElseThrow(() -> SmoException.notFound("There is no shadow " + id));
        shadows.remove(id);
        return last;
    }

    @Override
    public Optional<String> promote(String id, CallContext call) {
        end(id, new CallContext(call.origin(), Optional.empty()));
        return promotion;
    }

    /** One at a time. */
    static final class Replays implements ReplayService {

        private final Map<String, Replay> begun = new ConcurrentSkipListMap<>();

        @Override
        public Replay begin(ReplayRequest question, CallContext call) {
            if (!begun.isEmpty()) {
                throw SmoException.conflict("A replay runs");
            }
            Replay replay = new Replay(
                    "replay-1",
                    question,
                    "running",
                    "",
                    12,
                    9,
                    8,
                    List.of(new SkippedDecisions("the strategy is gone", 3)),
                    List.of(new ReplayDifference("d1", "demo/hello", "web on c1", "web on c2")),
                    List.of(CARBON),
                    THEN,
                    Optional.empty());
            begun.put(replay.id(), replay);
            return replay;
        }

        @Override
        public List<Replay> replays(CallContext call) {
            return List.copyOf(begun.values());
        }

        @Override
        public Optional<Replay> find(String id, CallContext call) {
            return Optional.ofNullable(begun.get(id));
        }

        @Override
        public void cancel(String id, CallContext call) {
            begun.remove(id);
        }
    }

    /** One decision of the graph demo/hello, that the weight of an objective moves once. */
    static final class ScriptedSensitivity implements SensitivityService {

        volatile Optional<WeightSweep> asked = Optional.empty();
        volatile Optional<ScalingSweep> askedOfScaling = Optional.empty();

        @Override
        public Optional<JsonObject> sweep(GraphId graph, ScalingSweep sweep, CallContext call) {
            askedOfScaling = Optional.of(sweep);
            return graph.toString().equals("demo/hello") ? Optional.of(StrictJson.parseObject("""
                    {"decision": "d7", "at": "2026-11-20T10:00:00Z", "strategy": {"id": "optimal", "version": "0.1.0"},
                     "input": "demand", "parameter": "", "service": "web", "parameters": {"utilization": 0.8},
                     "complete": true, "message": "",
                     "places": [{"service": "web", "cluster": "sim/c1", "replicas": 2, "demandPerSecond": 12.5},
                                {"service": "db", "cluster": "sim/c2", "replicas": 1}],
                     "omitted": ["cache"],
                     "points": [{"value": 0.5, "message": "", "answers": [
                                  {"kind": "replicas", "reason": "enough", "replicas": 2}, {"kind": "keep", "reason": "no data"}]},
                                {"value": 2, "message": "", "answers": [
                                  {"kind": "replicas", "reason": "more", "replicas": 4, "unmet": {"needed": 6, "reason": "full"}},
                                  {"kind": "infeasible", "reason": "full"}]},
                                {"value": 3, "message": "it threw", "answers": []}],
                     "breaks": [{"service": "web", "cluster": "sim/c1", "after": 0.5, "before": 2, "from": 2, "to": 4},
                                {"service": "db", "cluster": "sim/c2", "after": 0.5, "before": 2}]}""")) : Optional.empty();
        }

        @Override
        public Optional<JsonObject> sweep(GraphId graph, WeightSweep sweep, CallContext call) {
            asked = Optional.of(sweep);
            boolean known = graph.toString().equals("demo/hello")
                    && sweep.decision().map("d1"::equals).orElse(true);
            return known ? Optional.of(StrictJson.parseObject("""
                    {"decision": "d1", "at": "2026-11-20T10:00:00Z", "strategy": {"id": "optimal", "version": "0.1.0"},
                     "objective": "carbon", "weight": 1, "normalised": true, "complete": true, "message": "",
                     "objectives": [{"objective": "carbon", "unit": "kg/h", "weight": 1, "level": 0, "range": 2.5},
                                    {"objective": "moves", "unit": "", "weight": 0, "level": 0}],
                     "points": [{"weight": 0, "placed": true, "message": "", "costs": [{"level": 0, "cost": 1.5}],
                                 "terms": {"carbon": 1.5, "moves": 0}, "moved": [],
                                 "placement": {"web": [{"cluster": "sim/c1", "replicas": 1}]}, "text": "web on c1 (1)"},
                                {"weight": 1, "placed": false, "message": "no answer", "costs": [], "terms": {}, "moved": []}],
                     "breaks": [{"after": 0, "before": 1, "equalAt": 0.5, "moved": ["web"]}]}""")) : Optional.empty();
        }
    }
}
