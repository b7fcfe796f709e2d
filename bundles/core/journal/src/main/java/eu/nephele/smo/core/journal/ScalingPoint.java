// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one value would choose.
 *
 * @param answers one for each of the swept places; empty when the strategy gave none
 * @param message why there are none; "" when there are
 */
record ScalingPoint(double value, List<Answer> answers, String message) {

    /** Of the place at that index; empty when nothing is to change there, or nothing fits. */
    OptionalInt replicas(int place) {
        return !answers.isEmpty() && answers.get(place) instanceof Replicas some
                ? OptionalInt.of(some.replicas())
                : OptionalInt.empty();
    }
}
