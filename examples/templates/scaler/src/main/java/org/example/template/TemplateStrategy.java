package org.example.template;

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
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** As many replicas as the present demand needs. Targets that grow are served in order, as long as capacity is free. */
@Component(property = ScalingStrategy.ID + "=template-name")
public final class TemplateStrategy implements ScalingStrategy {

    /** The rule, yours to change: replicas r serve alpha * r + beta requests per second. */
    private static double wanted(ScalingTarget target, double demandPerSecond) {
        return Math.ceil(
                (demandPerSecond - target.profile().beta()) / target.profile().alpha());
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        Map<ClusterId, Resources> left =
                request.clusters().stream().collect(Collectors.toMap(ClusterCapacity::id, ClusterCapacity::free));
        request.targets()
                .forEach(target -> left.computeIfPresent(
                        target.cluster(),
                        (id, free) -> free.minusFloored(target.perReplica().times(target.replicas()))));
        return new ScalingResult(
                request.targets().stream().map(target -> answer(target, left)).toList());
    }

    private static Answer answer(ScalingTarget target, Map<ClusterId, Resources> left) {
        double wanted = wanted(target, target.demandPerSecond().orElse(Double.NaN));
        if (!Double.isFinite(wanted)) {
            return new Keep("no data about the request rate");
        }
        int replicas = (int) Math.max(target.minReplicas(), Math.min(wanted, target.maxReplicas()));
        Resources more = target.perReplica().times(Math.max(0, replicas - target.replicas()));
        if (!more.fitsInto(left.getOrDefault(target.cluster(), Resources.NONE))) {
            return new Infeasible("%d replicas do not fit on %s".formatted(replicas, target.cluster()));
        }
        left.computeIfPresent(target.cluster(), (id, free) -> free.minusFloored(more));
        return new Replicas(
                replicas, "%s requests/s".formatted(target.demandPerSecond().orElse(0)));
    }
}
