// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Absent;
import eu.nephele.smo.lab.simulator.promql.Expression.Aggregation;
import eu.nephele.smo.lab.simulator.promql.Expression.Binary;
import eu.nephele.smo.lab.simulator.promql.Expression.Constant;
import eu.nephele.smo.lab.simulator.promql.Expression.Growth;
import eu.nephele.smo.lab.simulator.promql.Expression.Negation;
import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Series.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Computes expressions over the series of one moment. */
final class Evaluator {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Series series;

    Evaluator(Series series) {
        this.series = series;
    }

    double number(Expression expression) {
        if (expression instanceof Constant constant) {
            return constant.value();
        } else if (expression instanceof Negation negation) {
            return -number(negation.of());
        } else if (expression instanceof Binary binary) {
            return binary.operator().apply(number(binary.left()), number(binary.right()));
        }
        throw new IllegalArgumentException("Not a number: " + expression);
    }

    List<Sample> samples(Expression expression) {
        if (expression instanceof Selector selector) {
            return series.present(selector);
        } else if (expression instanceof Absent absent) {
            return absent(absent.of());
        } else if (expression instanceof Growth growth) {
            return growth(growth);
        } else if (expression instanceof Aggregation aggregation) {
            return aggregate(aggregation);
        } else if (expression instanceof Negation negation) {
            return samples(negation.of()).stream()
                    .map(sample -> sample.derived(-sample.value()))
                    .toList();
        } else if (expression instanceof Binary binary) {
            return new VectorMatching(this, binary).samples();
        }
        throw new IllegalArgumentException("A number, not series: " + expression);
    }

    /** The sample carries what the selector says that labels are equal to. */
    private List<Sample> absent(Expression of) {
        if (!samples(of).isEmpty()) {
            return List.of();
        }
        Map<String, String> labels = new TreeMap<>();
        if (of instanceof Selector selector) {
            Map<String, Long> mentions = new TreeMap<>();
            selector.matchers().forEach(matcher -> mentions.merge(matcher.label(), 1L, Long::sum));
            selector.matchers().stream()
                    .filter(matcher -> matcher.isEquality()
                            && !matcher.label().equals(Sample.NAME)
                            && mentions.getOrDefault(matcher.label(), 0L) == 1)
                    .forEach(matcher -> labels.put(matcher.label(), matcher.value()));
        }
        return List.of(new Sample(labels, 1));
    }

    private List<Sample> growth(Growth growth) {
        Duration range = growth.counter().range().orElseThrow();
        double seconds = growth.perSecond() ? range.toNanos() / NANOS_PER_SECOND : 1;
        List<Sample> samples = new ArrayList<>();
        for (History history : series.past(growth.counter())) {
            OptionalDouble increase =
                    Increase.compute(history.points(), series.at().minus(range), series.at());
            increase.ifPresent(value -> samples.add(new Sample(history.labels(), value).derived(value / seconds)));
        }
        requireDistinct(samples);
        return samples;
    }

    private List<Sample> aggregate(Aggregation aggregation) {
        Map<Map<String, String>, DoubleSummaryStatistics> groups = new LinkedHashMap<>();
        for (Sample sample : samples(aggregation.of())) {
            groups.computeIfAbsent(sample.only(aggregation.by()::contains), group -> new DoubleSummaryStatistics())
                    .accept(sample.value());
        }
        List<Sample> samples = new ArrayList<>();
        groups.forEach((labels, group) -> samples.add(new Sample(labels, value(aggregation.function(), group))));
        return samples;
    }

    private static double value(Aggregation.Function function, DoubleSummaryStatistics group) {
        return switch (function) {
            case SUM -> group.getSum();
            case AVG -> group.getAverage();
            case MAX -> group.getMax();
            case MIN -> group.getMin();
            case COUNT -> group.getCount();
        };
    }

    static void requireDistinct(List<Sample> samples) {
        if (samples.stream().map(Sample::labels).distinct().count() < samples.size()) {
            throw PromqlException.inEvaluation(
                    "several series have the same labels once their name is gone; name the metric");
        }
    }
}
