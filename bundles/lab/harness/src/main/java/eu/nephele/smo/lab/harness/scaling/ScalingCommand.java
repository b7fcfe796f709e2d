// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.lab.harness.command.MachineText;
import eu.nephele.smo.lab.harness.placement.CpSatProgram;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench scaling}. Exit status 1: an answer breaks a rule or is not the cheapest one. */
@Command(
        name = "scaling",
        description =
                "Scaling requests whose cheapest answer is known or can be proven: whether it is found, and how fast.")
public final class ScalingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--services",
            paramLabel = "N",
            description = "Services of the large requests; a fifth of as many with three scarce resources.")
    private int services = 5_000;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "Random cases beside enumeration; a tenth of as many beside CP-SAT.")
    private int cases = 2_000;

    @Option(
            names = "--against",
            paramLabel = "SOLVER",
            description = "cpsat: also cases that are too large for enumeration, beside CP-SAT of OR-Tools.")
    private @Nullable String against;

    @Option(names = "--seed", paramLabel = "S", description = "Of the first case.")
    private long seed = 1;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ScalingOptions options;
        try {
            options = new ScalingOptions(
                    services, cases, seed, against == null ? List.of() : CpSatProgram.command(against));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        String machine = MachineText.textWithLoad();
        ScalingReport report = new ScalingReport(options, machine);
        System.out.println(machine);
        System.out.println(ScalingReport.HEADER);
        new ScalingRun(options, figure -> System.out.println(report.add(figure)), finding -> {
                    report.addFinding(finding);
                    System.err.println(finding);
                })
                .run();
        if (json) {
            System.out.println(report.json());
        }
        return report.isGood() ? 0 : 1;
    }
}
