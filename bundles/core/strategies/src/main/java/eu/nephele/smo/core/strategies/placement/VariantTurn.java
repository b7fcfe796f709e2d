// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Variants of a problem that are answered in one guarded call, as many as its turn has time for. */
final class VariantTurn {
    /** After so long other trials have their turn. */
    private static final long TURN_MILLIS = 50;

    /** One that has less is not worth beginning. */
    private static final long LEAST_MILLIS = 20;

    private final List<PlacementRequest> variants;
    private final BooleanSupplier givesWay;
    private final List<VariantTrial> trials = new ArrayList<>();

    // filled by the thread of the call, which may be given up while it runs
    private final Queue<PlacementResult> answers = new ConcurrentLinkedQueue<>();

    /**
     * @param variants those that are left, 1 or more
     * @param givesWay whether others wait that go first
     */
    VariantTurn(List<PlacementRequest> variants, BooleanSupplier givesWay) {
        this.variants = variants;
        this.givesWay = givesWay;
    }

    /**
     * On the thread of the call.
     *
     * @param whole what is left for all variants
     * @return how many were answered
     */
    int run(Deadline whole, BiFunction<PlacementRequest, Deadline, PlacementResult> strategy) {
        long end = Math.max(LEAST_MILLIS, whole.remainingMillis() - TURN_MILLIS);
        int next = 0;
        do {
            long fair = whole.remainingMillis() / (variants.size() - next);
            PlacementResult answer = strategy.apply(variants.get(next), whole.within(Math.max(LEAST_MILLIS, fair)));
            answers.add(Objects.requireNonNull(answer, "answered null"));
            next++;
        } while (next < variants.size()
                && whole.remainingMillis() >= end
                && !givesWay.getAsBoolean()
                && !Thread.currentThread().isInterrupted());
        return next;
    }

    /** After the call. */
    void check(BiFunction<PlacementRequest, PlacementResult, VariantTrial> check) {
        for (PlacementResult answer : answers) {
            trials.add(check.apply(variants.get(trials.size()), answer));
        }
    }

    /** Those that were answered, in the order of the variants. */
    List<VariantTrial> trials() {
        return trials;
    }
}
