// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was read of one metric of one service: the last hours in short steps, and two weeks by quarters of an hour as soon as somebody
 * wants them. Of a short step there are the highest reading, which replicas must have been enough for, and the last one, from which
 * forecasts are made: a rate is itself the mean of a window. Thread-safe.
 */
final class MetricHistory {

    static final Duration SEASON_STEP = Duration.ofMinutes(15);
    static final Duration SEASONS = Duration.ofDays(14);

    private static final Duration TRUSTED = Duration.ofMinutes(5);

    private final Duration step;
    private final CompactSeries peaks;
    private final CompactSeries recent;
    private final Duration window;
    private final SurpriseFilter filter = new SurpriseFilter();
    private Optional<CompactSeries> seasons = Optional.empty();
    private Optional<CountedReading> last = Optional.empty();
    private Instant measuredAt;
    private Instant askedAt;
    private double seasonSum;
    private int seasonCount;
    private long seasonSlot = Long.MIN_VALUE;

    private record CountedReading(double counted, Instant at) {}

    /**
     * @param window that a reading is the mean of unless its source has one of its own; 0 of one that is believed at once
     * @param askedSince when it was asked for first
     */
    MetricHistory(Duration recentPast, Duration step, Duration window, Instant askedSince) {
        this.step = step;
        this.window = window;
        this.measuredAt = askedSince;
        this.askedAt = askedSince;
        int slots = (int) Math.max(1, recentPast.dividedBy(step)) + 1;
        this.peaks = new CompactSeries(step, slots);
        this.recent = new CompactSeries(step, slots);
    }

    /**
     * Takes note of a reading.
     *
     * @param value 0 or more, finite
     * @param ownWindow of its source
     * @return what counts of it
     */
    synchronized double observe(double value, Optional<Duration> ownWindow, Instant now) {
        long slot = recent.slotOf(now);
        double highest = peaks.largest(slot - TRUSTED.toMillis() / step.toMillis(), slot);
        double counted = filter.counted(value, highest, ownWindow.orElse(window), now);
        peaks.raise(slot, counted);
        recent.put(slot, counted);
        last = Optional.of(new CountedReading(counted, now));
        measuredAt = now;
        collect(counted, now);
        return counted;
    }

    private void collect(double value, Instant now) {
        if (seasons.isEmpty()) {
            return;
        }
        long slot = seasons.get().slotOf(now);
        if (slot != seasonSlot) {
            if (seasonCount > 0) {
                // the mean of a quarter of an hour stands at its end
                seasons.get().put(seasonSlot + 1, seasonSum / seasonCount);
            }
            seasonSlot = slot;
            seasonSum = 0;
            seasonCount = 0;
        }
        seasonSum += value;
        seasonCount++;
    }

    /** From now on the past of two weeks is kept; returns false when it is already. */
    synchronized boolean keepSeasons() {
        if (seasons.isPresent()) {
            return false;
        }
        seasons = Optional.of(new CompactSeries(SEASON_STEP, (int) SEASONS.dividedBy(SEASON_STEP)));
        return true;
    }

    /** What was before the first reading. */
    synchronized void fillRecent(Instant at, double value) {
        peaks.fill(peaks.slotOf(at), value);
        recent.fill(recent.slotOf(at), value);
    }

    /** As {@link #fillRecent}. */
    synchronized void fillSeason(Instant at, double value) {
        seasons.ifPresent(series -> series.fill(series.slotOf(at), value));
    }

    /** What counts of the last reading, unless it is older, or of a clock that was ahead. */
    synchronized OptionalDouble latest(Duration notOlder, Instant now) {
        return last.filter(
                        reading -> !reading.at().isAfter(now) && !reading.at().isBefore(now.minus(notOlder)))
                .map(reading -> OptionalDouble.of(reading.counted()))
                .orElse(OptionalDouble.empty());
    }

    /** When it was measured last, or since when it has been asked for in vain. */
    synchronized Instant measuredAt() {
        return measuredAt;
    }

    /** A time that is ahead was noted before the clock was set back: who counts from it counts from now on. */
    synchronized void asked(Instant now) {
        askedAt = now;
        measuredAt = measuredAt.isAfter(now) ? now : measuredAt;
    }

    /** When somebody wanted to know it last; now, if that was ahead. */
    synchronized Instant askedAt(Instant now) {
        askedAt = askedAt.isAfter(now) ? now : askedAt;
        return askedAt;
    }

    /** The highest reading of each step. */
    synchronized LoadSeries peaks(Duration past, Instant now) {
        return peaks.since(past, now);
    }

    /** The last reading of each step. */
    synchronized LoadSeries recent(Duration past, Instant now) {
        return recent.since(past, now);
    }

    synchronized LoadSeries seasons(Duration past, Instant now) {
        return seasons.map(series -> series.since(past, now)).orElse(LoadSeries.EMPTY);
    }
}
