// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import java.util.Set;
import java.util.TreeSet;

/**
 * A preference of an intent about where a service runs. Unlike what is forbidden it may be given up: the objective {@code preferences} makes it a
 * cost.
 *
 * @param service index of the service
 * @param weight what giving it up costs, more than 0 and finite
 * @param why for people
 * @param against indexes of the clusters that do not fulfil it
 */
public record PlacementPreference(int service, double weight, String why, Set<Integer> against) {

    public PlacementPreference {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "Weight of a preference is %s, expected a finite number > 0".formatted(weight));
        }
        against = java.util.Collections.unmodifiableSet(new TreeSet<>(against));
    }
}
