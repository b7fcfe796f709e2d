// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replicas that persons have set: they win over strategies until they expire, and fit into the free capacity as those do. */
final class HeldReplicas {

    /** In decisions, in the place of a strategy. */
    static final StrategyRef PERSON = new StrategyRef(StrategyRef.SCALING, StrategyRef.PERSON, "0.0.0");

    private final Instant now;
    private final Map<ClusterId, Resources> free;

    /** @param free capacity beside everything that is reserved */
    HeldReplicas(Map<ClusterId, Resources> free, Instant now) {
        this.free = new HashMap<>(free);
        this.now = now;
    }

    /** One outcome for each cluster of the service; the shares of several are divided by their proportion afterwards. */
    List<ScalingOutcome> outcomes(ScalingPlan plan, ScalingPlan.ScaledService service, ReplicaHold hold) {
        int change = hold.replicas() - service.totalReplicas();
        List<ScalingOutcome> outcomes = new ArrayList<>();
        for (Share share : service.shares()) {
            int mine = change >= 0 ? change : -Math.min(share.replicas(), -change);
            change -= mine;
            outcomes.add(outcome(plan, service, share, answer(service, share, share.replicas() + mine, hold)));
        }
        return outcomes;
    }

    private Answer answer(ScalingPlan.ScaledService service, Share share, int replicas, ReplicaHold hold) {
        String reason = "set by hand to %d%s"
                .formatted(
                        hold.replicas(),
                        hold.until().map(until -> " until " + until).orElse(""));
        Resources more = service.needs().perReplica().times(Math.max(0, replicas - share.replicas()));
        Resources left = free.getOrDefault(share.cluster(), Resources.NONE);
        if (service.shares().size() == 1 && !more.fitsInto(left)) {
            return new Infeasible("%s; %d replicas do not fit on %s: %s"
                    .formatted(reason, replicas, share.cluster().name(), more.shortage(left)));
        }
        free.put(share.cluster(), left.minusFloored(more));
        return new Replicas(replicas, reason);
    }

    private ScalingOutcome outcome(ScalingPlan plan, ScalingPlan.ScaledService service, Share share, Answer answer) {
        ScalingTarget target = ScalingTarget.builder(plan.graph(), service.service(), share.cluster())
                .perReplica(service.needs().perReplica())
                .replicas(share.replicas())
                .bounds(service.needs().minReplicas(), service.needs().maxReplicas())
                .priority(plan.priority())
                .build();
        return new ScalingOutcome(target, answer, PERSON, false, List.of(), List.of(), now, Duration.ZERO);
    }
}
