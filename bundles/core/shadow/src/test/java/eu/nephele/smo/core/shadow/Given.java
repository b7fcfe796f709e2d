// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Decisions and what is installed, for tests. Services a and b; cluster c1 costs 1 for each service, c2 10. */
final class Given {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final ClusterId C1 = new ClusterId("sim", "c1");
    static final ClusterId C2 = new ClusterId("sim", "c2");

    private Given() {}

    static GraphId graph(String project, String name) {
        return new GraphId(project, name);
    }

    static Placement both(ClusterId cluster) {
        return Placement.whole(Map.of("a", cluster, "b", cluster), service -> 1);
    }

    static PlacementResult placed(ClusterId cluster) {
        return new Placed(both(cluster), Quality.HEURISTIC);
    }

    static PlacementResult infeasible() {
        return new Infeasible(Map.of("a", Map.of(C1, "full", C2, "full")), Optional.empty());
    }

    /** Both services are on c2 now. */
    static PlacementOutcome live(GraphId graph, PlacementResult result) {
        PlacementRequest request = new PlacementRequestBuilder(
                        graph,
                        DecisionReason.REPLACE,
                        List.of(
                                new PlacementService("a", new Resources(100, 0, 0, 0), 1, 1),
                                new PlacementService("b", new Resources(100, 0, 0, 0), 1, 1)),
                        List.of(
                                ClusterCapacity.of(C1, new Resources(1000, 0, 0, 0)),
                                ClusterCapacity.of(C2, new Resources(1000, 0, 0, 0))))
                .current(both(C2))
                .build();
        return new PlacementOutcome(
                request,
                result,
                new StrategyRef(StrategyRef.PLACEMENT, "optimal", "1.0.0"),
                false,
                List.of(),
                List.of(new EffectiveValue(
                        "objectives.moves", StrictJson.parse("{\"weight\": 2.5, \"level\": 1}"), "project")),
                List.of(),
                7,
                NOW,
                Duration.ofMillis(4));
    }

    static ScalingTarget target(GraphId graph, String service, int replicas) {
        return ScalingTarget.builder(graph, service, C1)
                .perReplica(new Resources(100, 0, 0, 0))
                .replicas(replicas)
                .bounds(1, 9)
                .demand(OptionalDouble.of(10))
                .profile(new ServiceProfile(10, 0))
                .sinceLastChange(Duration.ofMinutes(5))
                .build();
    }

    /** One answer for each target, in order of the request. */
    static ScalingCall call(List<ScalingTarget> targets, List<Answer> answers) {
        ScalingRequest request =
                ScalingRequest.of(targets, List.of(ClusterCapacity.of(C1, new Resources(9000, 0, 0, 0))));
        List<ScalingOutcome> outcomes = new java.util.ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            outcomes.add(new ScalingOutcome(
                    request.targets().get(i),
                    answers.get(i),
                    new StrategyRef(StrategyRef.SCALING, "threshold", "1.0.0"),
                    false,
                    List.of(),
                    List.of(),
                    NOW,
                    Duration.ofMillis(2)));
        }
        return new ScalingCall(request, 11, outcomes);
    }

    static StrategyStatus standing(String kind, String id, String version, State state) {
        return new StrategyStatus(
                new StrategyRef(kind, id, version),
                "com.example",
                version,
                state,
                "",
                NOW,
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                0);
    }

    /** The objective {@code price}: 1 per service on c1, 10 on c2. */
    static ObjectivePricing pricing() {
        return new ObjectivePricing() {
            @Override
            public List<Priced> price(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
                return weights.containsKey("price") ? List.of(new Price()) : List.of();
            }

            @Override
            public PlacementRequest withCosts(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
                return request;
            }
        };
    }

    private static final class Price implements ObjectivePricing.Priced {
        @Override
        public String objective() {
            return "price";
        }

        @Override
        public String unit() {
            return "EUR/h";
        }

        @Override
        public ObjectiveWeight weight() {
            return ObjectiveWeight.of(1);
        }

        @Override
        public OptionalDouble range() {
            return OptionalDouble.empty();
        }

        @Override
        public double assign(int service, int cluster) {
            return cluster == 0 ? 1 : 10;
        }

        @Override
        public double open(int cluster) {
            return 0;
        }

        @Override
        public double distance(int from, int to) {
            return 0;
        }
    }

    static JsonObject json(String text) {
        return StrictJson.parseObject(text);
    }
}
