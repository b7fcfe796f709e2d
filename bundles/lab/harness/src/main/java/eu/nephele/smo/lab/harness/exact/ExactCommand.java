// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

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

/** {@code ./smo bench exact}. Exit status 1: a placement is not the best one, not proven, or breaks a rule. */
@Command(
        name = "exact",
        description =
                "Requests whose best placement is known or can be proven: whether it is found, and what that takes.")
public final class ExactCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description =
                    "Random cases beside enumeration, 10000 by default; the others are fewer in proportion: 1000 for times, 500 beside CP-SAT, 500 for suggested changes, 20 of each kind of 30 x 100.")
    private int cases = 10_000;

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
        ExactOptions options;
        try {
            options = new ExactOptions(cases, seed, against == null ? List.of() : CpSatProgram.command(against));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        String machine = MachineText.textWithLoad();
        ExactReport report = new ExactReport(options, machine);
        System.out.println(machine);
        System.out.println(ExactReport.HEADER);
        new ExactRun(options).run(figure -> System.out.println(report.add(figure)), finding -> {
            report.addFinding(finding);
            System.err.println(finding);
        });
        if (json) {
            System.out.println(report.json());
        }
        return report.isGood() ? 0 : 1;
    }
}
