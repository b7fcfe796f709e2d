// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.util.List;
import java.util.Optional;

/**
 * Proposes what a replica should ask for. Growing and shrinking have different thresholds, so that no proposal is taken back by the next
 * one. Values that may be errors of measurement count against shrinking and not for growing. Pure.
 */
final class ResourceSizer {

    /** CPU in use that is so close to the request may be cut off by it. */
    private static final double CPU_FULL = 0.95;
    /** Room above the highest use of memory below which a replica is close to its end. */
    private static final double LEAST_MEMORY_ROOM = 1.05;
    /** No replica uses so many times its request, or so little memory: the metric has another unit. */
    private static final double MOST_TIMES = 20;

    private static final double LEAST_MEMORY_BYTES = 1 << 20;
    /** Use that falls by this part of what the request falls by, or more, follows the request. */
    private static final double FOLLOWS = 0.5;

    private final RightsizingSettings settings;

    ResourceSizer(RightsizingSettings settings) {
        this.settings = settings;
    }

    ResourceAdvice advise(ResourceFacts facts, ScalingDriver scaling) {
        UseSeries since = facts.use().from(facts.changedAt().plus(settings.startUp()));
        ObservedUse use = observed(facts, since);
        Draft draft = new Draft(facts, scaling, since, use, DataQuality.of(since, settings, facts.now()));
        Optional<String> obstacle = obstacle(draft);
        if (obstacle.isPresent()) {
            return draft.unchanged(needToShrink(draft), obstacle.get());
        }
        return isShort(draft) ? grown(draft) : shrunk(draft);
    }

    private record Draft(
            ResourceFacts facts, ScalingDriver scaling, UseSeries since, ObservedUse use, DataQuality quality) {

        boolean isCpu() {
            return facts.resource() == ComputeResource.CPU;
        }

        ResourceAdvice unchanged(double need, String reason) {
            return advice(Optional.empty(), need, reason, List.of());
        }

        ResourceAdvice proposed(ResourceClass to, double need, String reason) {
            List<String> risks = ProposalRisks.of(facts.resource(), to.amount(), facts.present(), since, use, scaling);
            return advice(Optional.of(to), need, reason, risks);
        }

        private ResourceAdvice advice(Optional<ResourceClass> to, double need, String reason, List<String> risks) {
            return new ResourceAdvice(
                    facts.resource(), facts.present(), to, use, need, since.meanReplicas(), quality, reason, risks);
        }
    }

    private ObservedUse observed(ResourceFacts facts, UseSeries since) {
        UseSeries fine = facts.fine().from(facts.changedAt());
        // replicas that start with the change itself start as all later ones
        UseSeries starting = facts.use().from(facts.changedAt());
        return new ObservedUse(
                since.quantile(0.5),
                since.quantile(settings.cpuQuantile()),
                Math.max(since.peak(), fine.peak()),
                Math.max(since.confirmedPeak(), fine.confirmedPeak()),
                Math.max(starting.startUpPeak(settings.startUp()), fine.startUpPeak(settings.startUp())));
    }

    private static Optional<String> obstacle(Draft draft) {
        ResourceFacts facts = draft.facts();
        if (facts.present() <= 0) {
            return Optional.of("it asks for nothing");
        }
        if (draft.scaling().by(facts.resource())) {
            return Optional.of(
                    "its replicas are scaled by this metric: one uses what the target makes of its request, and a"
                            + " smaller request would only make more replicas. The target is what to change");
        }
        if (!draft.quality().isEnough()) {
            return Optional.of(draft.quality().text());
        }
        double median = draft.use().median();
        boolean impossible = median > MOST_TIMES * facts.present() || (!draft.isCpu() && median < LEAST_MEMORY_BYTES);
        return impossible
                ? Optional.of("the values are not possible, the metric seems to have another unit")
                : Optional.empty();
    }

    private static boolean isShort(Draft draft) {
        double present = draft.facts().present();
        return draft.isCpu()
                ? draft.use().quantile() >= CPU_FULL * present
                : draft.use().confirmedPeak() * LEAST_MEMORY_ROOM > present;
    }

    private ResourceAdvice grown(Draft draft) {
        double need = draft.isCpu()
                ? draft.use().quantile() * (1 + settings.cpuHeadroom())
                : draft.use().confirmedPeak() * (1 + settings.memoryMargin());
        String why = draft.isCpu()
                ? "it uses what it asks for, or would use more"
                : "its highest use leaves no room, or is more than it asks for";
        return draft.facts()
                .ladder()
                .holding(need)
                .map(to -> draft.proposed(to, need, why))
                .orElseGet(() -> draft.unchanged(need, why + ", and " + end(draft.facts())));
    }

    private static String end(ResourceFacts facts) {
        return facts.limit()
                .map(limit ->
                        "no class that is large enough is below the limit of %s in its chart: raise resources.limits first"
                                .formatted(Amounts.number(limit)))
                .orElse("no installed class is larger");
    }

    private ResourceAdvice shrunk(Draft draft) {
        double need = needToShrink(draft);
        Optional<ResourceClass> to = draft.facts().ladder().below(draft.facts().present(), need);
        if (to.isEmpty()) {
            return draft.unchanged(need, "it fits: no smaller class is enough");
        }
        return unknownEffect(draft)
                .map(reason -> draft.unchanged(need, reason))
                .orElseGet(() -> draft.proposed(to.get(), need, "it uses less than it asks for"));
    }

    private double needToShrink(Draft draft) {
        ObservedUse use = draft.use();
        return draft.isCpu()
                ? Math.max(use.quantile() * (1 + settings.cpuHeadroom()), use.startUpPeak())
                : Math.max(use.peak(), use.startUpPeak()) * (1 + settings.memoryMargin());
    }

    /**
     * A request that was made smaller is made smaller again only when it is known that the use did not follow it: a heap that is sized by
     * its container, or replicas that become more, would go on for ever.
     */
    private Optional<String> unknownEffect(Draft draft) {
        return draft.facts().reduction().flatMap(reduction -> {
            UseSeries before = draft.facts()
                    .use()
                    .from(reduction.at().minus(settings.history()))
                    .until(reduction.at());
            UseSeries after = draft.facts().use().from(reduction.at().plus(settings.startUp()));
            if (!DataQuality.of(before, settings, reduction.at()).isEnough()
                    || !DataQuality.of(after, settings, draft.facts().now()).isEnough()) {
                return Optional.of(
                        "it was made smaller at %s, and what it used before is not known any more: whether its use follows its request is unknown"
                                .formatted(reduction.at()));
            }
            double smaller = 1 - reduction.after() / reduction.before();
            double less = 1 - after.quantile(0.5) / before.quantile(0.5);
            return less >= FOLLOWS * smaller
                    ? Optional.of(
                            "when it was made smaller at %s, its use fell by %.0f %%, too: it follows the request, and would again"
                                    .formatted(reduction.at(), 100 * less))
                    : Optional.empty();
        });
    }
}
