// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bounds of variables that a search makes narrower and takes back. */
final class BoundTrail {

    private final int[] low;
    private final int[] high;
    private final Deque<Former> changes = new ArrayDeque<>();

    private record Former(int column, int low, int high) {}

    BoundTrail(int[] low, int[] high) {
        this.low = low;
        this.high = high;
    }

    void narrow(int column, int newLow, int newHigh) {
        changes.push(new Former(column, low[column], high[column]));
        low[column] = newLow;
        high[column] = newHigh;
    }

    int size() {
        return changes.size();
    }

    void backTo(int earlierSize) {
        while (changes.size() > earlierSize) {
            Former former = changes.pop();
            low[former.column()] = former.low();
            high[former.column()] = former.high();
        }
    }

    /** Takes away the values that alone cost more than {@code slack} over the bound; see {@link LinearRelaxation#reducedCost}. */
    void narrowByCost(LinearRelaxation relaxation, double slack) {
        for (int j = 0; j < low.length; j++) {
            double each = relaxation.reducedCost(j);
            int range = high[j] - low[j];
            if (range > 0 && Math.abs(each) * range > slack) {
                int units = (int) Math.floor(slack / Math.abs(each));
                narrow(j, each > 0 ? low[j] : high[j] - units, each > 0 ? low[j] + units : high[j]);
            }
        }
    }
}
