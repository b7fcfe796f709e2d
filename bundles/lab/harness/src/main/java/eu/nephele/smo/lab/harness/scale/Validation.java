// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.figures.CostModel;
import eu.nephele.smo.lab.harness.scale.figures.EngineRunResult;
import eu.nephele.smo.lab.harness.scale.figures.Model;
import eu.nephele.smo.lab.harness.scale.figures.ModelParameters;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Load;
import eu.nephele.smo.lab.harness.scale.model.Simulation;
import eu.nephele.smo.lab.harness.scale.model.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The model beside the benchmark, one owner. Costs: each run is predicted from all other runs. Rate: the simulation has as many
 * cores' worth of processor time as the server of the run got, because other programs ran on that machine, too.
 */
final class Validation {

    private static final int PERCENT = 100;
    private static final int MILLI = 1000;

    /** Defaults of the product, and properties of the simulated world of the benchmark. */
    private static final int BENCH_WORKERS = 4;

    private static final int BENCH_CALLS = 8;
    private static final double BENCH_CALL_MILLIS = 2;
    private static final double BENCH_START_MILLIS = 150;

    private final List<EngineRunResult> runs;
    private final ModelParameters parameters;

    /**
     * A run and its prediction by the model.
     *
     * @param measuredCpuMillis per graph, warm-up included
     * @param predictedCpuMillis from all other runs; empty where they do not determine it
     */
    record Comparison(
            EngineRunResult run,
            double measuredCpuMillis,
            Optional<Double> predictedCpuMillis,
            double measuredPerSecond,
            double simulatedPerSecond) {

        /** Deviation in percent of the measurement. */
        Optional<Double> cpuDeviation() {
            return predictedCpuMillis.map(predicted -> deviation(predicted, measuredCpuMillis));
        }

        double rateDeviation() {
            return deviation(simulatedPerSecond, measuredPerSecond);
        }

        private static double deviation(double said, double measured) {
            return (said / measured - 1) * PERCENT;
        }
    }

    Validation(List<EngineRunResult> runs, ModelParameters parameters) {
        this.runs = runs;
        this.parameters = parameters;
    }

    List<Comparison> compare() {
        List<Comparison> comparisons = new ArrayList<>();
        for (EngineRunResult run : runs) {
            if (!run.postgresql()) {
                comparisons.add(new Comparison(
                        run,
                        run.figure("/deploy/cpuMillisPerGraph"),
                        predicted(run),
                        run.figure("/deploy/graphsPerSecond"),
                        simulated(run)));
            }
        }
        return comparisons;
    }

    private Optional<Double> predicted(EngineRunResult run) {
        List<EngineRunResult> others = runs.stream()
                .filter(other -> !other.equals(run) && !other.postgresql())
                .toList();
        boolean enough = others.size() >= CostModel.FEWEST_RUNS;
        return enough
                ? Optional.of(CostModel.from(others).deployMillis(run.size())
                        / run.size().graphs())
                : Optional.empty();
    }

    /** The warm-up is part of the cost of each graph here, and the machine is one slower or faster core. */
    private double simulated(EngineRunResult run) {
        EngineRunResult.Size size = run.size();
        double cpuMillis = run.figure("/deploy/cpuMillisPerGraph");
        double coresUsed = cpuMillis * run.figure("/deploy/graphsPerSecond") / MILLI;
        double perGraph =
                cpuMillis / Math.min(coresUsed, parameters.value("ownerCores")) * parameters.value("ownerCores");
        CostModel flat = CostModel.flat(perGraph);
        ModelParameters bench = parameters
                .with("workers", BENCH_WORKERS)
                .with("adapterCalls", BENCH_CALLS)
                .with("callMillis", BENCH_CALL_MILLIS)
                .with("startMillis", BENCH_START_MILLIS)
                .with("regions", 1)
                .with("costFactor", 1);
        Model model = new Model(flat, bench);
        SimulationResult simulationResult = Simulation.run(new ScaleScenario(
                model.embedded(),
                model.fleet(size.graphs(), size.services(), size.clusters(), true),
                1,
                1,
                new Load.ClosedLoopLoad(size.clients()),
                Optional.empty(),
                1));
        return simulationResult.pace().graphsPerSecond();
    }
}
