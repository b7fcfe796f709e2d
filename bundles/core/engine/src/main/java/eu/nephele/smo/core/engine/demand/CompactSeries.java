// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The last values of a metric at equal distances, in a ring of 2 bytes each. Slots are counted from the epoch, so that a clock that is
 * set decides nothing but where values go: a jump ahead leaves a gap, and after one back new values wait until the old end is reached,
 * unless it is so far that the past is worthless. Guarded by its owner.
 */
final class CompactSeries {

    private final int stepSeconds;
    private final short[] codes;
    /** Slot of the newest value; before anything the slot 0. */
    private long last;

    CompactSeries(Duration step, int slots) {
        this.stepSeconds = (int) step.toSeconds();
        this.codes = new short[slots];
        Arrays.fill(codes, CompactNumber.GAP);
    }

    long slotOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), stepSeconds);
    }

    /** Takes a value of the past where nothing is known. */
    void fill(long slot, double value) {
        boolean isGap = slot > last - codes.length && slot <= last && code(slot) == CompactNumber.GAP;
        if (slot > last || isGap) {
            put(slot, value);
        }
    }

    /** Takes a value unless the slot has a larger one. */
    void raise(long slot, double value) {
        double known = largest(slot, slot);
        put(slot, known > value ? known : value);
    }

    /** Takes the newest value of a slot, or one that fills a gap in the past. */
    void put(long slot, double value) {
        if (slot > last) {
            advance(slot);
        } else if (slot <= last - codes.length) {
            if (last - slot < 2L * codes.length) {
                return;
            }
            Arrays.fill(codes, CompactNumber.GAP);
            last = slot;
        } else if (slot < last && code(slot) != CompactNumber.GAP) {
            return;
        }
        codes[index(slot)] = CompactNumber.encode(value);
    }

    private void advance(long slot) {
        long from = Math.max(last + 1, slot - codes.length + 1);
        for (long skipped = from; skipped < slot; skipped++) {
            codes[index(skipped)] = CompactNumber.GAP;
        }
        last = slot;
    }

    /** The values of a time span up to a moment; without those of which nothing is known at its beginning. */
    LoadSeries since(Duration past, Instant now) {
        long end = Math.min(last, slotOf(now));
        long first = Math.max(last - codes.length + 1, slotOf(now.minus(past)));
        while (first <= end && code(first) == CompactNumber.GAP) {
            first++;
        }
        if (first > end) {
            return LoadSeries.EMPTY;
        }
        double[] values = new double[(int) (end - first + 1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = CompactNumber.decode(code(first + i));
        }
        return LoadSeries.of(Instant.ofEpochSecond(first * stepSeconds), Duration.ofSeconds(stepSeconds), values);
    }

    /** The largest of the values between two slots, both included; NaN when there is none. */
    double largest(long from, long to) {
        double largest = Double.NaN;
        for (long slot = Math.max(from, last - codes.length + 1); slot <= Math.min(to, last); slot++) {
            double value = CompactNumber.decode(code(slot));
            largest = Double.isNaN(largest) || value > largest ? value : largest;
        }
        return largest;
    }

    private short code(long slot) {
        return codes[index(slot)];
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) codes.length);
    }
}
