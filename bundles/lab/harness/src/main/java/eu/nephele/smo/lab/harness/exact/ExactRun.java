// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.harness.decisions.ComponentFactory;
import eu.nephele.smo.lab.harness.exact.ExactCase.SizeRange;
import eu.nephele.smo.lab.harness.placement.CpSatBatch;
import eu.nephele.smo.lab.harness.placement.InstanceObjective;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** All sections, one after the other: of the default strategy, for a deployment and for a re-placement, and of {@code optimal}. */
final class ExactRun {

    private static final SizeRange SMALL = new SizeRange(3, 10);
    private static final SizeRange ENUMERABLE = new SizeRange(1, 5);
    private static final SizeRange PROVABLE = new SizeRange(6, 10);
    private static final SizeRange MORE_SERVICES = new SizeRange(11, 14);
    private static final SizeRange FEWER_CLUSTERS = new SizeRange(6, 8);
    private static final int ONE_IN_TEN = 10;
    private static final int ONE_IN_TWENTY = 20;
    private static final int ONE_IN_FIVE_HUNDRED = 500;
    private static final int LARGER = 5;
    private static final int SERVICES = 30;
    private static final int CLUSTERS = 100;
    private static final int LARGE_SERVICES = 200;
    private static final int LARGE_CLUSTERS = 20;
    private static final double SLACK = 0.35;
    private static final long WARM_UP_MILLIS = 5_000;
    private static final long ALLOCATION_LIMIT_MILLIS = 5_000;
    private static final long CP_SAT_LIMIT_MILLIS = 60_000;

    private final ExactOptions options;
    private final List<MeasuredStrategy> strategies;

    ExactRun(ExactOptions options) {
        this.options = options;
        PlacementStrategy auto = new AutoStrategy();
        this.strategies = List.of(
                new MeasuredStrategy("auto", auto, DecisionReason.DEPLOY),
                new MeasuredStrategy("auto", auto, DecisionReason.REPLACE),
                new MeasuredStrategy(
                        "optimal", ComponentFactory.create(OptimalStrategy.class, Map.of()), DecisionReason.REPLACE));
    }

    void run(Consumer<ExactFigure> figures, Consumer<String> findings) throws IOException, InterruptedException {
        for (ExactSection section : sections()) {
            section.measure(figures, findings);
        }
    }

    private List<ExactSection> sections() {
        List<ExactSection> sections = new ArrayList<>();
        sections.add(new SmallDecisions(
                LongStream.range(0, options.share(ONE_IN_TEN))
                        .mapToObj(number -> ExactCase.mixed(options.seed() + number, SMALL, SMALL))
                        .toList(),
                strategies,
                WARM_UP_MILLIS));
        sections.add(new EnumeratedCases(
                options.cases(),
                number -> ExactCase.mixed(options.seed() + number, ENUMERABLE, ENUMERABLE),
                strategies));
        if (!options.program().isEmpty()) {
            sections.add(new CpSatCases(
                    options.share(ONE_IN_TWENTY),
                    this::provable,
                    strategies,
                    new CpSatBatch(options.program(), CP_SAT_LIMIT_MILLIS, 1)));
        }
        sections.add(new SuggestedChanges(options.share(ONE_IN_TWENTY), options.seed(), strategies));
        addUsual(sections);
        sections.add(new AllocatedMemory(large(), strategies, ALLOCATION_LIMIT_MILLIS));
        return sections;
    }

    private ExactCase provable(long number) {
        boolean larger = number % LARGER == 0;
        return ExactCase.mixed(
                options.seed() + number, larger ? MORE_SERVICES : PROVABLE, larger ? FEWER_CLUSTERS : PROVABLE);
    }

    private void addUsual(List<ExactSection> sections) {
        int count = options.share(ONE_IN_FIVE_HUNDRED);
        sections.add(new UsualDecisions(
                "30 x 100, random costs",
                LongStream.range(0, count)
                        .mapToObj(number -> new ExactCase(
                                "federation of 30 x 100 with seed %d".formatted(options.seed() + number),
                                RandomProblems.federation(options.seed() + number, SERVICES, CLUSTERS, SLACK)))
                        .toList(),
                strategies,
                WARM_UP_MILLIS));
        for (boolean tight : List.of(false, true)) {
            for (InstanceObjective objective : List.of(InstanceObjective.WIDE, InstanceObjective.COMM)) {
                sections.add(new UsualDecisions(
                        "30 x 100, %s %s"
                                .formatted(
                                        tight ? "tight" : "loose",
                                        objective.name().toLowerCase(Locale.ROOT)),
                        IntStream.range(0, count)
                                .mapToObj(number -> ExactCase.federation(
                                        SERVICES, CLUSTERS, tight, options.seed() + number, objective))
                                .toList(),
                        strategies,
                        WARM_UP_MILLIS));
            }
        }
    }

    private List<ExactCase> large() {
        List<ExactCase> cases = new ArrayList<>();
        for (boolean tight : List.of(false, true)) {
            for (InstanceObjective objective : List.of(InstanceObjective.WIDE, InstanceObjective.COMM)) {
                cases.add(ExactCase.federation(LARGE_SERVICES, LARGE_CLUSTERS, tight, options.seed(), objective));
            }
        }
        return cases;
    }
}
