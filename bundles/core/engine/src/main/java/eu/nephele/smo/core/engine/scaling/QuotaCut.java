// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.quota.QuotaExcess;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaPart;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.engine.scaling.TotalReplicas.BoundedOutcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps growing services within the quota of their project, whichever strategy decided: they get as many replicas as it allows. */
final class QuotaCut {

    private final CapacityStore capacity;

    QuotaCut(CapacityStore capacity) {
        this.capacity = capacity;
    }

    /** What is left of decisions about a graph; the quota is read only where something grows. */
    BoundedOutcomes limited(GraphId graph, BoundedOutcomes decided) {
        boolean grows = decided.outcomes().stream().anyMatch(outcome -> growth(outcome) > 0);
        Map<String, QuotaPart> quota = grows ? capacity.quota(graph) : Map.of();
        return quota.isEmpty() ? decided : new GraphCut(graph.project(), quota, decided.outcomes()).cut(decided.cut());
    }

    private static int growth(ScalingOutcome outcome) {
        return outcome.answer() instanceof Replicas replicas
                ? replicas.replicas() - outcome.target().replicas()
                : 0;
    }

    /** One graph: what shrinking services give back, growing ones may have. */
    private static final class GraphCut {

        private final String project;
        private final Map<String, QuotaPart> quota;
        private final List<ScalingOutcome> outcomes;
        private final Map<String, Long> left = new HashMap<>();

        GraphCut(String project, Map<String, QuotaPart> quota, List<ScalingOutcome> outcomes) {
            this.project = project;
            this.quota = quota;
            this.outcomes = outcomes;
            quota.forEach((resource, part) -> left.put(resource, part.left()));
            outcomes.stream()
                    .filter(outcome -> growth(outcome) < 0)
                    .forEach(outcome -> take(outcome.target().perReplica(), growth(outcome)));
        }

        BoundedOutcomes cut(Set<String> before) {
            List<ScalingOutcome> limited = new ArrayList<>();
            Set<String> cut = new HashSet<>(before);
            for (ScalingOutcome outcome : outcomes) {
                int more = growth(outcome);
                Resources each = outcome.target().perReplica();
                int granted = more <= 0 ? more : (int) Math.min(more, times(each));
                if (granted > 0) {
                    take(each, granted);
                }
                if (granted == more) {
                    limited.add(outcome);
                } else {
                    cut.add(outcome.target().service());
                    limited.add(fewer(outcome, granted));
                }
            }
            return new BoundedOutcomes(limited, cut);
        }

        private void take(Resources each, int replicas) {
            each.byName()
                    .forEach((resource, amount) ->
                            left.computeIfPresent(resource, (name, rest) -> rest - amount * replicas));
        }

        private long left(String resource) {
            return left.getOrDefault(resource, 0L);
        }

        private long times(Resources each) {
            return each.byName().entrySet().stream()
                    .filter(need -> left.containsKey(need.getKey()))
                    .mapToLong(need -> Math.max(0, left(need.getKey())) / need.getValue())
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        private ScalingOutcome fewer(ScalingOutcome outcome, int granted) {
            Replicas replicas = (Replicas) outcome.answer();
            int fitting = outcome.target().replicas() + granted;
            String why = scarcest(outcome.target().perReplica(), replicas.replicas() - fitting)
                    .summary();
            Unmet unmet = replicas.unmet()
                    .orElseGet(() -> new Unmet(
                            replicas.replicas(), "needs %d replicas; %s".formatted(replicas.replicas(), why)));
            return new ScalingOutcome(
                    outcome.target(),
                    new Replicas(fitting, "%s; %s".formatted(replicas.reason(), why), Optional.of(unmet)),
                    outcome.decidedBy(),
                    outcome.fallback(),
                    outcome.faults(),
                    outcome.effective(),
                    outcome.at(),
                    outcome.duration());
        }

        /** The resource of which the fewest replicas fit. */
        private QuotaExcess scarcest(Resources each, int missing) {
            String scarce = each.byName().entrySet().stream()
                    .filter(need -> left.containsKey(need.getKey()))
                    .min((one, other) ->
                            Long.compare(left(one.getKey()) / one.getValue(), left(other.getKey()) / other.getValue()))
                    .orElseThrow()
                    .getKey();
            long limit = Optional.ofNullable(quota.get(scarce)).orElseThrow().limit();
            return new QuotaExcess(
                    project,
                    QuotaMember.ofResource(scarce),
                    limit - left(scarce),
                    each.times(missing).byName().getOrDefault(scarce, 0L),
                    limit);
        }
    }
}
