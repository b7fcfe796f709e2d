// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.lab.harness.placement.CpSatProcess.ProgramEnd;
import java.io.IOException;
import java.util.List;

/** Runs CP-SAT of OR-Tools, with one worker, as a process of its own for each instance. Its time begins when its model has been made. */
final class CpSatRun implements MeasuredSolver {

    static final String ID = "cpsat";

    private final CpSatProcess process;
    private final RunLimits limits;

    /** @param command of the program, as {@link CpSatProcess} has it */
    CpSatRun(List<String> command, RunLimits limits) {
        this.process = new CpSatProcess(command, limits);
        this.limits = limits;
    }

    @Override
    public PlacementRow run(Instance instance, double readSeconds) throws IOException, InterruptedException {
        ProgramEnd end = process.solve(List.of(instance));
        CpSatOutput found = CpSatOutput.parse(instance, end.text());
        return new PlacementRow(
                instance,
                ID,
                found.version(),
                limits,
                readSeconds + found.buildSeconds(),
                found.seconds(),
                found.trace(),
                end.failure().isEmpty() ? found.answer() : CheckedAnswer.failed(end.failure()));
    }
}
