// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import java.util.List;

/** Outcome of deciding a record again. */
sealed interface ReplayResult {

    /**
     * @param same whether the answer means the same, and with the original strategy also every term, bit for bit
     * @param terms by objective; empty where one of both has no answer that has costs
     */
    record Replayed(boolean same, String recorded, String replayed, List<ObjectiveComparison> terms)
            implements ReplayResult {
        public Replayed {
            terms = List.copyOf(terms);
        }
    }

    record NotReplayed(String why) implements ReplayResult {}

    record ObjectiveComparison(String objective, String unit, double recorded, double replayed) {}
}
