// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;
import eu.nephele.smo.lab.harness.command.Program;

/** {@code ./smo chaos}. Exit status: 0 success, 1 findings, 64 wrong options, 70 failure of the run itself. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(
                new Program("chaos").status(arguments, ChaosOptions::parse, (options, folder, progress) -> new ChaosRun(
                                options, folder, progress)
                        .run()));
    }
}
