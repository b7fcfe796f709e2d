// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many requests of one service had come at some moments, oldest first. HAProxy counts from 0 after each reload: then all that it
 * has counted came since.
 *
 * @param counted number that HAProxy told last
 */
record RequestCount(List<CountedRequests> samples, long counted) {

    private static final double NANOS = 1e9;

    RequestCount {
        samples = List.copyOf(samples);
    }

    /** @param total of all reloads since the first sample */
    record CountedRequests(Instant at, long total) {}

    /** @param most samples that are kept */
    static RequestCount next(Optional<RequestCount> before, Instant at, long counted, int most) {
        if (before.isEmpty()) {
            return new RequestCount(List.of(new CountedRequests(at, counted)), counted);
        }
        RequestCount former = before.get();
        CountedRequests last = former.last();
        if (!at.isAfter(last.at())) {
            return former;
        }
        long more = counted >= former.counted ? counted - former.counted : counted;
        List<CountedRequests> all = new ArrayList<>(former.samples);
        all.add(new CountedRequests(at, last.total() + more));
        return new RequestCount(all.subList(Math.max(0, all.size() - most), all.size()), counted);
    }

    private CountedRequests last() {
        return samples.get(samples.size() - 1);
    }

    /**
     * Requests per second in a window that ends then, or in what is known of it.
     *
     * @param oldest age of the last sample at that moment beyond which nothing is known
     */
    OptionalDouble perSecond(Instant end, Duration window, Duration oldest) {
        Optional<CountedRequests> later = samples.stream()
                .filter(sample -> !sample.at().isAfter(end))
                .reduce((one, other) -> other)
                .filter(sample -> !sample.at().isBefore(end.minus(oldest)));
        if (later.isEmpty()) {
            return OptionalDouble.empty();
        }
        Instant begin = end.minus(window);
        List<CountedRequests> before = samples.stream()
                .filter(sample -> sample.at().isBefore(later.get().at()))
                .toList();
        // the last one before the window, else the first one in it
        Optional<CountedRequests> earlier = before.stream()
                .filter(sample -> !sample.at().isAfter(begin))
                .reduce((one, other) -> other)
                .or(() -> before.stream().findFirst());
        return earlier.map(sample -> OptionalDouble.of(rate(sample, later.get())))
                .orElse(OptionalDouble.empty());
    }

    private static double rate(CountedRequests earlier, CountedRequests later) {
        double seconds = Duration.between(earlier.at(), later.at()).toNanos() / NANOS;
        return (later.total() - earlier.total()) / seconds;
    }

    /** Rates at multiples of the step since the epoch. */
    List<LoadPoint> points(Instant end, Duration range, Duration step, Duration window, Duration oldest) {
        List<LoadPoint> points = new ArrayList<>();
        long stepMillis = Math.max(1, step.toMillis());
        long first =
                Math.max(end.minus(range).toEpochMilli(), samples.get(0).at().toEpochMilli());
        for (long at = Math.floorDiv(first, stepMillis) * stepMillis; at <= end.toEpochMilli(); at += stepMillis) {
            Instant moment = Instant.ofEpochMilli(at);
            perSecond(moment, window, oldest).ifPresent(rate -> points.add(new LoadPoint(moment, rate)));
        }
        return points;
    }
}
