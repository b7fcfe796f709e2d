// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.figures.Model;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault;
import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Load;
import eu.nephele.smo.lab.harness.scale.model.Simulation;
import eu.nephele.smo.lab.harness.scale.model.SimulationResult;
import java.util.Optional;

/**
 * One line of the table: all graphs deployed by some owners as quickly as they can, and once more at half of that rate with a fault.
 *
 * @param calm as quickly as they can, without a fault; afterwards a region is lost
 * @param struck graphs come by chance and in bursts, on average at half of that rate; one owner is killed when two thirds are there, an
 *     only owner is started again
 */
record ReportRow(String name, int owners, SimulationResult calm, SimulationResult struck) {

    private static final int CLIENTS_PER_OWNER = 16;
    private static final double MICROS = 1e6;
    private static final double WHEN = 0.67;
    private static final double HALF = 0.5;
    private static final double BURST_SHARE = 0.2;
    private static final int BURST_SECONDS = 10;

    static ReportRow create(String name, int owners, Model model, ScaleOptions options, boolean wholeView) {
        ScaleOptions.Size size = options.size();
        ScaleScenario calm = new ScaleScenario(
                model.settings(),
                model.fleet(size.graphs(), size.perGraph(), size.clusters(), wholeView),
                owners,
                Math.min(size.databases(), owners),
                new Load.ClosedLoopLoad(CLIENTS_PER_OWNER * owners),
                Optional.empty(),
                options.seed());
        SimulationResult first = Simulation.run(calm);
        double rate = first.pace().graphsPerSecond() * HALF;
        int burst = (int) Math.round(rate * BURST_SECONDS * BURST_SHARE);
        Load load = new Load.OpenLoopLoad(rate * (1 - BURST_SHARE), burst, Math.round(BURST_SECONDS * MICROS));
        InjectedFault fault = new InjectedFault(
                InjectedFault.ScenarioKind.KILLED,
                Math.round(size.graphs() / rate * WHEN * MICROS),
                owners == 1 ? model.restartMicros() : 0);
        ScaleScenario struck = new ScaleScenario(
                calm.settings(), calm.fleet(), owners, calm.databases(), load, Optional.of(fault), options.seed());
        return new ReportRow(name, owners, first, Simulation.run(struck));
    }

    boolean isGood() {
        return calm.safety().isGood() && struck.safety().isGood();
    }
}
