// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The installed classes of a resource.
 *
 * @param classes from the smallest to the largest
 */
record ClassLadder(List<ResourceClass> classes) {

    private static final double HALF = 0.5;

    ClassLadder {
        classes = classes.stream()
                .sorted(Comparator.comparingDouble(ResourceClass::amount))
                .toList();
    }

    /** Those up to the limit, if there is one. */
    ClassLadder upTo(Optional<Double> limit) {
        return limit.map(most -> new ClassLadder(
                        classes.stream().filter(each -> each.amount() <= most).toList()))
                .orElse(this);
    }

    /** The smallest that is large enough. */
    Optional<ResourceClass> holding(double need) {
        return classes.stream().filter(each -> each.amount() >= need).findFirst();
    }

    /** The smallest that is large enough of those that one change may go down to: the next one, and those of half the amount. */
    Optional<ResourceClass> below(double present, double need) {
        double next = classes.stream()
                .mapToDouble(ResourceClass::amount)
                .filter(amount -> amount < present)
                .max()
                .orElse(0);
        return classes.stream()
                .filter(each -> each.amount() < present)
                .filter(each -> each.amount() >= Math.min(next, present * HALF))
                .filter(each -> each.amount() >= need)
                .findFirst();
    }
}
