// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replicas that persons have set: they win over strategies until they expire, within the bounds that the service has now, and as far as
 * there is room.
 */
final class HeldReplicas {

    /** In decisions, in the place of a strategy. */
    static final StrategyRef PERSON = new StrategyRef(StrategyRef.SCALING, StrategyRef.PERSON, "0.0.0");

    private final Instant now;
    private final Map<ClusterId, Resources> free;
    private final Map<ClusterId, Resources> taken = new HashMap<>();

    /** @param free capacity beside everything that is reserved */
    HeldReplicas(Map<ClusterId, Resources> free, Instant now) {
        this.free = new HashMap<>(free);
        this.now = now;
    }

    /** What the decisions until now take of the free capacity, by cluster. */
    Map<ClusterId, Resources> taken() {
        return Map.copyOf(taken);
    }

    /** One outcome for each cluster of the service; the shares of several are divided by their proportion afterwards. */
    List<ScalingOutcome> outcomes(ScalingPlan plan, ScalingPlan.ScaledService service, ReplicaHold hold) {
        // an update may have narrowed the bounds since, and before the first decision nobody knew them
        int replicas = Math.max(
                service.needs().minReplicas(),
                Math.min(hold.replicas(), service.needs().maxReplicas()));
        String reason = reason(service, hold, replicas);
        int change = replicas - service.totalReplicas();
        List<ScalingOutcome> outcomes = new ArrayList<>();
        for (Share share : service.shares()) {
            int mine = change >= 0 ? change : -Math.min(share.replicas(), -change);
            change -= mine;
            outcomes.add(outcome(plan, service, share, answer(service, share, share.replicas() + mine, reason)));
        }
        return outcomes;
    }

    private static String reason(ScalingPlan.ScaledService service, ReplicaHold hold, int replicas) {
        String until = hold.until().map(end -> " until " + end).orElse("");
        String bounds = replicas == hold.replicas()
                ? ""
                : "; %d because of the bounds %d to %d"
                        .formatted(
                                replicas,
                                service.needs().minReplicas(),
                                service.needs().maxReplicas());
        return "set by hand to %d%s%s".formatted(hold.replicas(), until, bounds);
    }

    private Replicas answer(ScalingPlan.ScaledService service, Share share, int replicas, String reason) {
        Resources perReplica = service.needs().perReplica();
        Resources left = free.getOrDefault(share.cluster(), Resources.NONE);
        int more = Math.max(0, replicas - share.replicas());
        boolean isWhole = service.shares().size() == 1;
        int granted = isWhole ? (int) Math.min(more, perReplica.timesInto(left)) : more;
        Resources grown = perReplica.times(granted);
        free.put(share.cluster(), left.minusFloored(grown));
        taken.merge(share.cluster(), grown, Resources::plus);
        if (granted == more) {
            return new Replicas(replicas, reason);
        }
        int fitting = share.replicas() + granted;
        String shortage = "%d replicas do not fit on %s: %s"
                .formatted(
                        replicas, share.cluster().name(), perReplica.times(more).shortage(left));
        return new Replicas(
                fitting,
                "%s; there is room for %d".formatted(reason, fitting),
                Optional.of(new Unmet(replicas, "%s; %s".formatted(reason, shortage))));
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
