// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Binary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Computes an operator of which at least one side is a set of samples. */
final class VectorMatching {

    private final Evaluator evaluator;
    private final Binary join;
    private final Operator operator;

    VectorMatching(Evaluator evaluator, Binary join) {
        this.evaluator = evaluator;
        this.join = join;
        this.operator = join.operator();
    }

    List<Sample> samples() {
        if (operator.isOfSets()) {
            return sets(evaluator.samples(join.left()), evaluator.samples(join.right()));
        }
        List<Sample> samples = new ArrayList<>();
        if (join.right().isScalar()) {
            double right = evaluator.number(join.right());
            evaluator.samples(join.left()).forEach(left -> joined(left, left.value(), right)
                    .ifPresent(samples::add));
        } else if (join.left().isScalar()) {
            double left = evaluator.number(join.left());
            evaluator.samples(join.right()).forEach(right -> joined(right, left, right.value())
                    .ifPresent(samples::add));
        } else {
            pairs(evaluator.samples(join.left()), evaluator.samples(join.right()), samples);
        }
        Evaluator.requireDistinct(samples);
        return samples;
    }

    /** @param sample gives the labels, and the value when a comparison holds */
    private Optional<Sample> joined(Sample sample, double left, double right) {
        double result = operator.apply(left, right);
        if (!operator.isComparison() || join.asNumber()) {
            return Optional.of(sample.derived(result));
        }
        return result == 0 ? Optional.empty() : Optional.of(sample);
    }

    private List<Sample> sets(List<Sample> left, List<Sample> right) {
        Set<Map<String, String>> inRight = identities(right);
        return switch (operator) {
            case AND ->
                left.stream()
                        .filter(sample -> inRight.contains(sample.identity()))
                        .toList();
            case UNLESS ->
                left.stream()
                        .filter(sample -> !inRight.contains(sample.identity()))
                        .toList();
            default -> union(left, right);
        };
    }

    private static List<Sample> union(List<Sample> left, List<Sample> right) {
        Set<Map<String, String>> inLeft = identities(left);
        List<Sample> all = new ArrayList<>(left);
        right.stream().filter(sample -> !inLeft.contains(sample.identity())).forEach(all::add);
        return all;
    }

    private static Set<Map<String, String>> identities(List<Sample> samples) {
        Set<Map<String, String>> identities = new HashSet<>();
        samples.forEach(sample -> identities.add(sample.identity()));
        return identities;
    }

    /** Samples of both sides meet when all their labels but the name are the same. */
    private void pairs(List<Sample> left, List<Sample> right, List<Sample> result) {
        Map<Map<String, String>, Sample> partners = byIdentity(right, "right");
        byIdentity(left, "left").forEach((identity, sample) -> Optional.ofNullable(partners.get(identity))
                .flatMap(partner -> joined(sample, sample.value(), partner.value()))
                .ifPresent(result::add));
    }

    private Map<Map<String, String>, Sample> byIdentity(List<Sample> samples, String side) {
        Map<Map<String, String>, Sample> byIdentity = new HashMap<>();
        for (Sample sample : samples) {
            if (byIdentity.put(sample.identity(), sample) != null) {
                throw PromqlException.inEvaluation("several series on the %s of '%s' have the labels %s; aggregate them"
                        .formatted(side, operator.text(), sample.identity()));
            }
        }
        return byIdentity;
    }
}
