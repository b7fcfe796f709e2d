// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was read of one metric of one service: the last hours in short steps, and two weeks by quarters of an hour as soon as somebody
 * wants them. Thread-safe.
 *
 * <p>One reading that is far above everything of the last minutes may be an error of the measurement: until the next one confirms it, it
 * counts as twice the highest of them. A load that really jumps is served in full one reading later.
 */
final class MetricHistory {

    static final Duration SEASON_STEP = Duration.ofMinutes(15);
    static final Duration SEASONS = Duration.ofDays(14);

    private static final Duration TRUSTED = Duration.ofMinutes(5);
    private static final double SURPRISE = 4;
    private static final double UNCONFIRMED = 2;

    private final Duration step;
    private final Instant askedSince;
    private final CompactSeries recent;
    private Optional<CompactSeries> seasons = Optional.empty();
    private Optional<Instant> measuredAt = Optional.empty();
    private double unconfirmed = Double.NaN;
    private double seasonSum;
    private int seasonCount;
    private long seasonSlot = Long.MIN_VALUE;

    /** @param askedSince when it was asked for first */
    MetricHistory(Duration recentPast, Duration step, Instant askedSince) {
        this.askedSince = askedSince;
        this.step = step;
        this.recent = new CompactSeries(step, (int) Math.max(1, recentPast.dividedBy(step)) + 1);
    }

    /**
     * Takes note of a reading.
     *
     * @param value 0 or more, finite
     * @return what counts of it
     */
    synchronized double observe(double value, Instant now) {
        double counted = believable(value, now);
        recent.put(recent.slotOf(now), counted);
        measuredAt = Optional.of(now);
        collect(counted, now);
        return counted;
    }

    private double believable(double value, Instant now) {
        long slot = recent.slotOf(now);
        double highest = recent.largest(slot - TRUSTED.dividedBy(step), slot);
        boolean surprising = highest > 0 && value > SURPRISE * highest;
        boolean confirmed = value <= UNCONFIRMED * unconfirmed && value >= unconfirmed / UNCONFIRMED;
        if (!surprising || confirmed) {
            unconfirmed = Double.NaN;
            return value;
        }
        unconfirmed = value;
        return UNCONFIRMED * highest;
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

    synchronized void fillRecent(Instant at, double value) {
        recent.put(recent.slotOf(at), value);
    }

    synchronized void fillSeason(Instant at, double value) {
        seasons.ifPresent(series -> series.put(series.slotOf(at), value));
    }

    synchronized OptionalDouble latest(Instant notBefore) {
        return measuredAt.filter(at -> !at.isBefore(notBefore)).isPresent()
                ? OptionalDouble.of(recent.largest(recent.last(), recent.last()))
                : OptionalDouble.empty();
    }

    /** When it was measured last, or since when it has been asked for in vain. */
    synchronized Instant measuredAt() {
        return measuredAt.orElse(askedSince);
    }

    synchronized LoadSeries recent(Duration past, Instant now) {
        return recent.since(past, now);
    }

    synchronized LoadSeries seasons(Duration past, Instant now) {
        return seasons.map(series -> series.since(past, now)).orElse(LoadSeries.EMPTY);
    }
}
