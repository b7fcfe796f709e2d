// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Builders of problems, and short forms of answers. */
final class Given {

    static final OptimalParameters DEFAULT = new OptimalParameters(Mode.DEFAULT, Optional.empty(), Optional.empty(), 1);
    static final OptimalParameters REFERENCE =
            new OptimalParameters(Mode.REFERENCE, Optional.empty(), Optional.empty(), 1);

    private Given() {}

    static OptimalParameters weights(Mode mode, double wUtil, double wTrans) {
        return new OptimalParameters(mode, Optional.of(wUtil), Optional.of(wTrans), 1);
    }

    static ClusterId cluster(String name) {
        return new ClusterId("sim", name);
    }

    static ClusterCapacity capacity(String cluster, Resources free) {
        return ClusterCapacity.of(cluster(cluster), free);
    }

    static Resources cpu(long millis) {
        return new Resources(millis, 0, 0, 0);
    }

    /** A service of graph g on c1 that serves one request/s per replica. */
    static ScalingTarget service(String id, long cpuMillis, int replicas, int min, int max, double demand) {
        return target("g", id, "c1", cpu(cpuMillis), replicas, min, max, OptionalDouble.of(demand), 1, 0);
    }

    static ScalingTarget target(
            String graph,
            String service,
            String cluster,
            Resources perReplica,
            int replicas,
            int min,
            int max,
            OptionalDouble demand,
            double alpha,
            double beta) {
        return ScalingTarget.builder(new GraphId("demo", graph), service, cluster(cluster))
                .perReplica(perReplica)
                .replicas(replicas)
                .bounds(min, max)
                .demand(demand)
                .profile(new ServiceProfile(alpha, beta))
                .sinceLastChange(Duration.ofHours(1))
                .build();
    }

    static ScalingTarget withDemand(ScalingTarget target, OptionalDouble demand) {
        return ScalingTarget.builder(target.graph(), target.service(), target.cluster())
                .perReplica(target.perReplica())
                .replicas(target.replicas())
                .bounds(target.minReplicas(), target.maxReplicas())
                .demand(demand)
                .profile(target.profile())
                .sinceLastChange(target.sinceLastChange())
                .history(target.history())
                .build();
    }

    static ScalingRequest request(Resources freeOnC1, ScalingTarget... targets) {
        return ScalingRequest.of(List.of(targets), List.of(capacity("c1", freeOnC1)));
    }

    static List<Answer> answers(OptimalParameters parameters, ScalingRequest request) {
        ScalingResult result = new OptimalScalingStrategy().scale(request, new Context(parameters, false));
        return result.answers();
    }

    /** Numbers of replicas, with " of " what would be needed where that is more; "keep" and "infeasible" for the other answers. */
    static List<String> words(List<Answer> answers) {
        return answers.stream().map(Given::word).toList();
    }

    static List<String> words(OptimalParameters parameters, ScalingRequest request) {
        return words(answers(parameters, request));
    }

    private static String word(Answer answer) {
        if (answer instanceof Replicas decided) {
            return decided.replicas()
                    + decided.unmet().map(unmet -> " of " + unmet.needed()).orElse("");
        }
        return answer instanceof Keep ? "keep" : answer instanceof Infeasible ? "infeasible" : "?";
    }

    /** A context with only parameters and a stop flag. */
    record Context(OptimalParameters of, boolean shouldStop) implements DecisionContext {

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public long remainingMillis() {
            return shouldStop ? 0 : 100;
        }

        @Override
        public OptionalLong workBudget() {
            return OptionalLong.empty();
        }

        @Override
        public <P extends Record> P parameters(Class<P> type) {
            return type.cast(of);
        }
    }
}
