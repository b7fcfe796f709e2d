// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTargetBuilder;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Services and parameters of tests of target tracking. */
final class Tracking {

    static final ScaleRules NO_RULES = new ScaleRules(Optional.empty(), List.of(), ScaleRules.Select.MAX);
    static final Instant NOW = SimpleContext.unlimited().now();
    static final ClusterId C1 = new ClusterId("sim", "c1");
    static final MetricTarget RATE_OF_10 =
            new MetricTarget("request_rate", Optional.empty(), Optional.of(10.0), Optional.empty());

    private Tracking() {}

    static DecisionContext context(ThresholdParameters parameters) {
        return SimpleContext.unlimited().withParameters(parameters);
    }

    static ThresholdParameters tracking(MetricTarget... metrics) {
        return tracking(NO_RULES, NO_RULES, metrics);
    }

    static ThresholdParameters tracking(ScaleRules up, ScaleRules down, MetricTarget... metrics) {
        return tracking(up, down, Optional.empty(), metrics);
    }

    static ThresholdParameters tracking(
            ScaleRules up, ScaleRules down, Optional<ThresholdParameters.SafeNumber> noData, MetricTarget... metrics) {
        return new ThresholdParameters(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(metrics),
                10,
                up,
                down,
                noData);
    }

    static ScaleRules within(int seconds) {
        return new ScaleRules(Optional.of(seconds), List.of(), ScaleRules.Select.MAX);
    }

    static ScaleRules atMost(ScaleRules.Select select, ScaleRules.PacePolicy... policies) {
        return new ScaleRules(Optional.of(0), List.of(policies), select);
    }

    /** A core and a gibibyte each, 10 requests per second, bounds 1 to 20. */
    static ScalingTargetBuilder web(int replicas) {
        return ScalingTarget.builder(new GraphId("demo", "g"), "web", C1)
                .perReplica(new Resources(1000, 1 << 30, 0, 0))
                .replicas(replicas)
                .bounds(1, 20)
                .profile(new ServiceProfile(10, 0))
                .sinceLastChange(Duration.ofHours(1));
    }

    /** One value per minute, the last one now. */
    static LoadSeries minutes(double... values) {
        return LoadSeries.of(NOW.minus(Duration.ofMinutes(values.length - 1L)), Duration.ofMinutes(1), values);
    }

    static Answer answer(ThresholdParameters parameters, ScalingTargetBuilder target) {
        return answers(parameters, 100, target.build()).get(0);
    }

    static List<Answer> answers(ThresholdParameters parameters, int cores, ScalingTarget... targets) {
        ClusterCapacity c1 = ClusterCapacity.of(C1, new Resources(cores * 1000L, Resources.UNLIMITED, 0, 0));
        return new ThresholdStrategy()
                .scale(ScalingRequest.of(List.of(targets), List.of(c1)), context(parameters))
                .answers();
    }
}
