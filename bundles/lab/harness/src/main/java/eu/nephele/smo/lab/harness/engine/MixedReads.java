// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.Locale;
import java.util.Set;

/**
 * Reads of several kinds at a time.
 *
 * @param perSecond all together
 * @param warmUpSeconds half as many a second before those that are measured; 0 for none
 * @param kinds which of them; each has its share among these
 */
public record MixedReads(int perSecond, int seconds, int warmUpSeconds, Set<ReadKind> kinds) {

    /** One kind, with its share of all. */
    public enum ReadKind {
        GET(0.60),
        PAGE(0.20),
        EXPLAIN(0.10),
        OPERATIONS(0.05),
        EVENTS(0.025),
        METRICS(0.025);

        private final double share;

        ReadKind(double share) {
            this.share = share;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return word();
        }
    }

    public MixedReads {
        kinds = Set.copyOf(kinds);
        if (perSecond < 1 || seconds < 1 || warmUpSeconds < 0 || kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "read-rate and read-seconds are 1 or more, warm-up-seconds 0 or more, read-kinds one or more");
        }
    }

    /** How many of a kind a second, of so many together; 0 for one that is not among them. */
    double rate(ReadKind kind, double all) {
        double chosen = kinds.stream().mapToDouble(each -> each.share).sum();
        return kinds.contains(kind) ? all * kind.share / chosen : 0;
    }
}
