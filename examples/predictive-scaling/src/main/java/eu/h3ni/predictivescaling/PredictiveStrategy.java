// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Component;

/**
 * Replicas for the expected load: the load of the same hour on earlier days, with a safe quantile of its deviations,
 * and never fewer than the present load needs.
 */
// docs: component
@Component(
        property = {
            ScalingStrategy.ID + "=h3ni.predictive",
            ScalingStrategy.CAPABILITIES + "=" + ScalingStrategy.HISTORY
        })
public final class PredictiveStrategy implements ScalingStrategy {
    // docs: end

    @Override
    public Class<? extends Record> parametersType() {
        return PredictiveParameters.class;
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        PredictiveParameters parameters = context.parameters(PredictiveParameters.class);
        List<ReplicaTarget> wishes = new ArrayList<>();
        for (ScalingTarget target : request.targets()) {
            wishes.add(
                    context.shouldStop()
                            ? new ReplicaTarget(target, OptionalInt.empty(), "the time for this decision ended first")
                            : ReplicaTarget.of(target, parameters, context.now()));
        }
        Map<ClusterId, Resources> left = left(request, wishes);
        return new ScalingResult(wishes.stream().map(goal -> answer(goal, left)).toList());
    }

    // docs: room
    private static Map<ClusterId, Resources> left(ScalingRequest request, List<ReplicaTarget> wishes) {
        Map<ClusterId, Resources> used = new HashMap<>();
        wishes.forEach(goal ->
                used.merge(goal.target().cluster(), goal.target().perReplica().times(goal.kept()), Resources::plus));
        Map<ClusterId, Resources> left = new HashMap<>();
        for (ClusterCapacity cluster : request.clusters()) {
            left.put(cluster.id(), cluster.free().minusFloored(used.getOrDefault(cluster.id(), Resources.NONE)));
        }
        return left;
    }
    // docs: end

    private static Answer answer(ReplicaTarget goal, Map<ClusterId, Resources> left) {
        ScalingTarget target = goal.target();
        if (goal.replicas().isEmpty()) {
            return new Keep(goal.reason());
        }
        int replicas = goal.replicas().getAsInt();
        Resources more = target.perReplica().times(replicas - goal.kept());
        Resources resources = left.getOrDefault(target.cluster(), Resources.NONE);
        if (!more.fitsInto(resources)) {
            return new Infeasible("%s; %d replicas do not fit on %s"
                    .formatted(goal.reason(), replicas, target.cluster().name()));
        }
        left.put(target.cluster(), resources.minusFloored(more));
        return new Replicas(replicas, goal.reason());
    }
}
