// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An expression over series, in the subset of PromQL that {@link Promql} understands. */
public sealed interface Expression {

    /** Direct sub-expressions. */
    default List<Expression> parts() {
        return List.of();
    }

    default boolean isScalar() {
        return false;
    }

    /** All selectors with a range in it, itself included. */
    default Stream<Selector> ranges() {
        Stream<Selector> own =
                this instanceof Selector selector && selector.range().isPresent() ? Stream.of(selector) : Stream.of();
        return Stream.concat(own, parts().stream().flatMap(Expression::ranges));
    }

    record Constant(double value) implements Expression {
        @Override
        public boolean isScalar() {
            return true;
        }
    }

    /**
     * Series by name and labels.
     *
     * @param name of the metric; empty when only labels are given
     * @param range how far back, for functions over counters
     */
    record Selector(Optional<String> name, List<LabelMatcher> matchers, Optional<Duration> range)
            implements Expression {
        public Selector {
            matchers = List.copyOf(matchers);
        }

        /** Labels that must have one value, for the index. */
        public Map<String, String> equalities() {
            Map<String, String> values = new TreeMap<>();
            matchers.stream()
                    .filter(LabelMatcher::isEquality)
                    .forEach(matcher -> values.put(matcher.label(), matcher.value()));
            return values;
        }

        public boolean accepts(Map<String, String> labels) {
            return name.map(wanted -> wanted.equals(labels.get(Sample.NAME))).orElse(true)
                    && matchers.stream().allMatch(matcher -> matcher.accepts(labels));
        }
    }

    /** {@code absent(…)}: one sample when there is none. */
    record Absent(Expression of) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(of);
        }
    }

    /**
     * Growth of counters over a range.
     *
     * @param perSecond {@code rate} rather than {@code increase}
     */
    record Growth(boolean perSecond, Selector counter) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(counter);
        }
    }

    /**
     * One sample per group.
     *
     * @param by labels that make a group; none: all samples are one group
     */
    record Aggregation(Function function, Set<String> by, Expression of) implements Expression {
        public Aggregation {
            by = Set.copyOf(by);
        }

        @Override
        public List<Expression> parts() {
            return List.of(of);
        }

        enum Function {
            SUM,
            AVG,
            MAX,
            MIN,
            COUNT
        }
    }

    /** @param asNumber for comparisons: 0 or 1 instead of leaving samples out */
    record Binary(Operator operator, boolean asNumber, Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }

        @Override
        public boolean isScalar() {
            return left.isScalar() && right.isScalar();
        }
    }

    record Negation(Expression of) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(of);
        }

        @Override
        public boolean isScalar() {
            return of.isScalar();
        }
    }
}
