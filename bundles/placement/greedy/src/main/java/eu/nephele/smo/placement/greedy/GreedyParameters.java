// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.Parameter;

/** Parameters of the strategy {@code greedy}. */
public record GreedyParameters(
        @Parameter(
                description = "In which order services choose: regret (most to lose first), demand (largest"
                        + " first) or descriptor (as written)",
                defaultValue = "\"regret\"")
        ServiceOrder order) {

    /** Order in which services choose their cluster. */
    public enum ServiceOrder {
        /** as written in the descriptor */
        DESCRIPTOR,
        /** largest share of all free capacity first */
        DEMAND,
        /** largest difference between the best and the second best cluster first, evaluated again after every choice */
        REGRET
    }
}
