// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Words the explanation of a placed service, in sentences. */
final class PlacedText {

    private final DecidedPlacement decided;
    private final boolean inForce;
    private final AlternativeClusters all;

    PlacedText(DecidedPlacement decided, boolean inForce, AlternativeClusters all) {
        this.decided = decided;
        this.inForce = inForce;
        this.all = all;
    }

    /**
     * @param chosen the service where it is, by share
     * @param others a line for each other cluster
     */
    List<String> lines(List<Alternative> chosen, List<String> others) {
        DecisionRecord record = decided.record();
        boolean several = chosen.size() > 1;
        List<String> lines = new ArrayList<>();
        lines.add("%s %s %s because strategy %s %s put it there (%s, %s)."
                .formatted(
                        decided.explained().id(),
                        inForce ? "is placed on" : "is not placed now; last it was put on",
                        several ? shares(chosen) : chosen.get(0).cluster().name(),
                        record.strategy().id(),
                        record.strategy().version(),
                        record.reason(),
                        record.at()));
        lines.addAll(DecisionNotes.lines(record));
        if (decided.explained().isDivided()) {
            lines.add("Its replicas are divided: %s."
                    .formatted(division(decided.explained().division())));
        }
        for (Alternative mine : chosen) {
            String costs = costs(mine);
            if (!costs.isEmpty()) {
                lines.add("What counts %s: %s."
                        .formatted(several ? "on " + mine.cluster().name() : "there", costs));
            }
            shared(mine).ifPresent(lines::add);
        }
        new GivenUpText(decided)
                .lines()
                .forEach(line -> lines.add(Character.toUpperCase(line.charAt(0)) + line.substring(1) + "."));
        if (!others.isEmpty() && !all.others(decided.service()).isEmpty()) {
            lines.add("Elsewhere %s looked at alone, with the others held where they are: %s."
                    .formatted(several ? "one share is" : "it is", all.others(decided.service())));
        }
        lines.addAll(others);
        return lines;
    }

    private static String shares(List<Alternative> chosen) {
        return chosen.stream()
                .map(mine -> "%s (%d %s)"
                        .formatted(
                                mine.cluster().name(),
                                mine.share().replicas(),
                                mine.share().replicas() == 1 ? "replica" : "replicas"))
                .collect(Collectors.joining(" and "));
    }

    private static String division(ReplicaDivision division) {
        List<String> parts = new ArrayList<>();
        if (division.overClusters() > 1) {
            parts.add("over at least %d clusters".formatted(division.overClusters()));
        }
        if (division.minPerCluster() > 1) {
            parts.add("at least %d on each".formatted(division.minPerCluster()));
        }
        if (division.maxPerCluster() < Integer.MAX_VALUE) {
            parts.add("at most %d on each".formatted(division.maxPerCluster()));
        }
        if (division.survivingPercent() > 0) {
            parts.add("%d per cent survive the loss of any cluster".formatted(division.survivingPercent()));
        }
        parts.add(
                switch (division.proportion()) {
                    case EQUAL -> "in equal shares";
                    case FREE_CAPACITY -> "in proportion to free capacity";
                    case WEIGHTS -> "by the weights %s".formatted(new TreeMap<>(division.weights()));
                });
        return String.join(", ", parts);
    }

    private String costs(Alternative mine) {
        return decided.priced().stream()
                .map(objective -> "%s (weight %s%s)"
                        .formatted(
                                amount(objective, mine.cost().getOrDefault(objective.objective(), 0.0)),
                                AmountFormatter.number(objective.weight().weight()),
                                ofRange(objective)))
                .collect(Collectors.joining(", "));
    }

    private static String ofRange(Priced objective) {
        OptionalDouble range = objective.range();
        return range.isPresent() ? " of a range of " + AmountFormatter.number(range.getAsDouble()) : "";
    }

    private Optional<String> shared(Alternative mine) {
        Map<String, Double> shared = all.openingShared(decided.service(), mine.cluster());
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of("Using %s at all costs %s; that is shared with %s and in no single service's figures."
                        .formatted(
                                mine.cluster().name(),
                                decided.priced().stream()
                                        .filter(objective -> shared.containsKey(objective.objective()))
                                        .map(objective ->
                                                amount(objective, shared.getOrDefault(objective.objective(), 0.0)))
                                        .collect(Collectors.joining(", ")),
                                String.join(", ", all.with(decided.service(), mine.cluster()))));
    }

    private static String amount(Priced objective, double value) {
        return "%s %s%s"
                .formatted(
                        objective.objective(),
                        AmountFormatter.number(value),
                        objective.unit().isEmpty() ? "" : " " + objective.unit());
    }
}
