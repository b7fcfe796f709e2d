// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.command.Program;

/**
 * {@code ./smo bench engine}. Exit status: 0 success, 1 work was lost or did not end, 64 wrong options, 70 failure of the
 * run itself.
 */
public final class EngineBench {

    private EngineBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Program("bench engine")
                .status(
                        arguments,
                        EngineOptions::parse,
                        (options, folder, progress) -> options.growth().isEmpty()
                                ? new EngineRun(options, folder, progress).run()
                                : new GrowthRun(options, folder, progress).run()));
    }
}
