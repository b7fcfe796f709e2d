// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Target tracking as horizontal pod autoscalers do it: at once up, and down to the highest number of the last five minutes. */
final class TargetTracking implements ScalingStrategy {

    private static final double TOLERANCE = 0.1;
    private static final Duration WINDOW = Duration.ofSeconds(300);

    record Parameters(double target) {}

    @Override
    public Class<? extends Record> parametersType() {
        return Parameters.class;
    }

    @Override
    public ScalingInputs inputs(Record parameters) {
        return new ScalingInputs(List.of(), WINDOW, Optional.empty());
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        double goal = context.parameters(Parameters.class).target();
        return new ScalingResult(request.targets().stream()
                .map(target -> answer(target, goal, context))
                .toList());
    }

    private static Answer answer(ScalingTarget target, double goal, DecisionContext context) {
        if (target.demandPerSecond().isEmpty()) {
            return new Keep("no data");
        }
        double demand = target.demandPerSecond().getAsDouble();
        int present = target.replicas();
        int desired = desired(target, demand, goal);
        double ratio = demand / (goal * (target.profile().alpha() * present + target.profile().beta()));
        if (Math.abs(ratio - 1) <= TOLERANCE) {
            desired = present;
        }
        if (desired < present) {
            for (LoadPoint point : target.history().points()) {
                if (point.at().isAfter(context.now().minus(WINDOW))) {
                    desired = Math.max(desired, Math.min(present, desired(target, point.perSecond(), goal)));
                }
            }
        }
        int within = Math.max(target.minReplicas(), Math.min(target.maxReplicas(), desired));
        return new Replicas(within, "for %s requests/s".formatted(demand));
    }

    private static int desired(ScalingTarget target, double demand, double goal) {
        double needed =
                (demand / goal - target.profile().beta()) / target.profile().alpha();
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(Math.max(0, needed)));
    }
}
