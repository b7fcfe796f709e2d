// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.command.Program;

/** {@code ./smo attack}. Exit status: 0 success, 1 findings, 64 wrong options, 70 failure of the run itself. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Program("attack")
                .status(arguments, AttackOptions::parse, (options, folder, progress) -> new AttackRun(
                                options, folder, progress)
                        .run()));
    }
}
