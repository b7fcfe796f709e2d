// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.lab.harness.placement.CpSatBatch;
import eu.nephele.smo.lab.harness.placement.CpSatBatch.ProvenAnswer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** All figures, one after the other. */
final class ScalingRun {

    private static final int INSTANCES = 20;
    private static final int TIMES = 21;
    private static final int SEVERAL_PART = 5;
    private static final int CP_SAT_PART = 10;
    private static final int CP_SAT_SERVICES = 20;
    private static final int CP_SAT_AT_ONCE = 20;
    private static final long BUDGET_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long WARM_UP_MILLIS = 2_000;
    private static final double FREE_MILLIS = 1;
    private static final double BINDING_MILLIS = 50;
    private static final double SEVERAL_GAP_PERCENT = 0.5;
    private static final double ROUNDING = 1e-9;

    private final ScalingOptions options;
    private final Consumer<ScalingFigure> figures;
    private final Consumer<String> findings;
    private final MeasuredScaler scaler = new MeasuredScaler();

    /**
     * @param figures takes each figure as soon as it is known
     * @param findings takes what is wrong, for people
     */
    ScalingRun(ScalingOptions options, Consumer<ScalingFigure> figures, Consumer<String> findings) {
        this.options = options;
        this.figures = figures;
        this.findings = findings;
    }

    void run() throws IOException, InterruptedException {
        AnswerTally free = large("free", "%d services, room for all", false);
        figures.accept(free.figure("median < 1 ms", free.medianMillis() < FREE_MILLIS));
        AnswerTally binding = large("binding", "%d services, CPU is scarce", true);
        figures.accept(binding.figure(
                "all proven, median < 50 ms", binding.areAllProven() && binding.medianMillis() < BINDING_MILLIS));
        AnswerTally several = several();
        figures.accept(several.figure("within 0.5 %", several.worstGapPercent() <= SEVERAL_GAP_PERCENT));
        AnswerTally enumerated = enumerated();
        figures.accept(enumerated.figure("all equal", enumerated.areAllProven()));
        if (!options.program().isEmpty()) {
            AnswerTally besideCpSat = besideCpSat();
            figures.accept(besideCpSat.figure("all equal", besideCpSat.areAllProven()));
        }
    }

    private List<Long> seeds(int count) {
        return LongStream.range(0, count)
                .map(number -> options.seed() + number)
                .boxed()
                .toList();
    }

    private AnswerTally large(String key, String title, boolean binds) {
        AnswerTally tally = new AnswerTally(key, title.formatted(options.services()), findings);
        List<ScalingRequest> requests = seeds(INSTANCES).stream()
                .map(seed -> ComparedRequests.oneResource(seed, options.services(), binds))
                .toList();
        scaler.warmUp(requests, BUDGET_MILLIS, WARM_UP_MILLIS);
        for (int i = 0; i < requests.size(); i++) {
            tally.add(
                    scaler.decide(requests.get(i), BUDGET_MILLIS, TIMES),
                    "seed " + seeds(INSTANCES).get(i),
                    "");
        }
        return tally;
    }

    private AnswerTally several() {
        int services = Math.max(1, options.services() / SEVERAL_PART);
        AnswerTally tally = new AnswerTally(
                "several", "%d services, three scarce resources, in 100 ms".formatted(services), findings);
        List<ScalingRequest> requests = seeds(INSTANCES).stream()
                .map(seed -> ComparedRequests.threeResources(seed, services))
                .toList();
        scaler.warmUp(requests, BUDGET_MILLIS, WARM_UP_MILLIS);
        for (int i = 0; i < requests.size(); i++) {
            tally.add(
                    scaler.decide(requests.get(i), BUDGET_MILLIS),
                    "seed " + seeds(INSTANCES).get(i),
                    "");
        }
        return tally;
    }

    private AnswerTally enumerated() {
        AnswerTally tally = new AnswerTally(
                "enumerated", "up to 5 services x 8 replicas x 3 resources, beside enumeration", findings);
        for (long seed : seeds(options.cases())) {
            ScalingRequest request = ComparedRequests.enumerable(seed);
            ScalingDecision decision = scaler.decide(request, PATIENCE_MILLIS);
            tally.add(decision, "seed " + seed, flaw(decision, EnumeratedReplicas.cheapest(request), "enumeration"));
        }
        return tally;
    }

    private AnswerTally besideCpSat() throws IOException, InterruptedException {
        AnswerTally tally = new AnswerTally("cpSat", "20 services x 3 resources, beside CP-SAT", findings);
        CpSatBatch solver = new CpSatBatch(options.program(), PATIENCE_MILLIS, 1);
        List<Long> seeds = seeds(Math.max(1, options.cases() / CP_SAT_PART));
        for (int from = 0; from < seeds.size(); from += CP_SAT_AT_ONCE) {
            List<Long> some = seeds.subList(from, Math.min(seeds.size(), from + CP_SAT_AT_ONCE));
            List<ScalingRequest> requests = some.stream()
                    .map(seed -> ComparedRequests.threeResources(seed, CP_SAT_SERVICES))
                    .toList();
            List<ProvenAnswer> answers =
                    solver.solve(requests.stream().map(UnitPlacement::of).toList());
            for (int i = 0; i < requests.size(); i++) {
                ScalingDecision decision = scaler.decide(requests.get(i), PATIENCE_MILLIS);
                tally.add(decision, "seed " + some.get(i), flaw(decision, answers.get(i)));
            }
        }
        return tally;
    }

    private static String flaw(ScalingDecision decision, ProvenAnswer answer) {
        return answer.failure().isEmpty() && answer.units().isPresent()
                ? flaw(decision, (double) answer.units().getAsLong() / UnitPlacement.PER_COST, "CP-SAT")
                : "CP-SAT has proven nothing: " + answer.failure();
    }

    private static String flaw(ScalingDecision decision, double cheapest, String other) {
        if (!decision.flaw().isEmpty()) {
            return decision.flaw();
        }
        return Math.abs(decision.cost() - cheapest) <= ROUNDING * (1 + cheapest)
                ? ""
                : "its cost is %s, that of %s %s".formatted(decision.cost(), other, cheapest);
    }
}
