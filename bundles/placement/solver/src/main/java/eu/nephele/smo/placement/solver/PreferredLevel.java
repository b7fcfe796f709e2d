// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** A cost of a strategy's own, which counts before those of the request. Read only, but its arrays are those that it was made of. */
public final class PreferredLevel {

    /** By item and cluster. */
    final long[] unary;

    /** By cluster. */
    final long[] open;

    /**
     * @param unary by item and cluster: of the item there, 0 or more
     * @param open by cluster: of the first item there, 0 or more
     */
    public PreferredLevel(long[] unary, long[] open) {
        this.unary = unary;
        this.open = open;
    }

    /** Returns the cost of the first item there. */
    public long open(int cluster) {
        return open[cluster];
    }
}
