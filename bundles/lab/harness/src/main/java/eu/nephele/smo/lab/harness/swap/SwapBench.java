// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import eu.nephele.smo.lab.harness.command.Program;
import eu.nephele.smo.lab.harness.command.Program.ProgramResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * {@code ./smo bench swap}. Exit status: 0 success, 1 decisions were lost or mixed, or a leak, 64 wrong options, 70 failure
 * of the run itself.
 */
public final class SwapBench {

    private SwapBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Program("bench swap").status(arguments, SwapOptions::parse, SwapBench::run));
    }

    private static ProgramResult run(SwapOptions options, Path folder, PrintStream progress)
            throws IOException, InterruptedException {
        return switch (options.mode()) {
            case PAUSE -> new SwapRun(options, folder, progress).run();
            case LEAKS -> new LeakRun(options, folder, progress, true).run();
            case SHADOW -> new ShadowRun(options, folder, progress).run();
        };
    }
}
