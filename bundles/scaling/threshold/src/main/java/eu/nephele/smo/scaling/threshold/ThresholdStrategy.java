// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;

/**
 * Target tracking on metrics with stabilisation windows and a limited pace; or one number of replicas under load and one at rest, as the
 * reference has it. A service on several clusters is decided as a whole.
 */
@Component(property = {ScalingStrategy.ID + "=threshold"})
public final class ThresholdStrategy implements ScalingStrategy {

    @Override
    public Class<? extends Record> parametersType() {
        return ThresholdParameters.class;
    }

    @Override
    public ScalingInputs inputs(Record parameters) {
        ThresholdParameters bound = (ThresholdParameters) parameters;
        if (bound.thresholds().isPresent()) {
            return ScalingInputs.NONE;
        }
        int window = Math.max(
                bound.scaleUp().stabilisation(0),
                bound.scaleDown().stabilisation(TargetTracking.SHRINK_WINDOW_SECONDS));
        return new ScalingInputs(
                bound.metrics().stream()
                        .filter(metric -> !metric.isDemand())
                        .map(MetricTarget::asked)
                        .toList(),
                Duration.ofSeconds(window),
                Optional.empty());
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        ThresholdParameters parameters = context.parameters(ThresholdParameters.class);
        TargetTracking tracking = new TargetTracking(parameters, context.now());
        Optional<TwoThresholds> thresholds = parameters.thresholds();
        Function<ScalingTarget, DesiredReplicas> decision = target -> coolsDown(target, parameters)
                .orElseGet(() -> thresholds.map(rule -> rule.of(target)).orElseGet(() -> tracking.of(target)));
        List<DesiredReplicas> wishes = SharedService.among(request.targets()).stream()
                .flatMap(service -> service.divide(decision.apply(service.whole())).stream())
                .toList();
        return new ScalingResult(new CapacityAllocator(request).grant(wishes));
    }

    private static Optional<DesiredReplicas> coolsDown(ScalingTarget target, ThresholdParameters parameters) {
        Duration left = Duration.ofSeconds(parameters.cooldown()).minus(target.sinceLastChange());
        return left.isNegative() || left.isZero()
                ? Optional.empty()
                : Optional.of(
                        DesiredReplicas.keep(target, "in cool-down for another %d s".formatted(left.toSeconds())));
    }
}
