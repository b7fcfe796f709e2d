// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import eu.nephele.smo.lab.harness.command.RunCommand;
import eu.nephele.smo.lab.harness.swap.SwapOptions.SwapMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./smo bench swap}. */
@Command(name = "swap", description = "Asks for decisions all the time while plugins change, and counts what is lost.")
public final class SwapCommand extends RunCommand {

    @Option(names = "--seconds", paramLabel = "N", description = "Length of the run; of each half with --shadow.")
    private int seconds = 60;

    @Option(names = "--rate", paramLabel = "PER_SECOND", description = "Requested decisions per second.")
    private int perSecond = 1200;

    @ArgGroup
    private @Nullable Purpose purpose;

    private static final class Purpose {

        @Option(names = "--leaks", paramLabel = "CHANGES", description = "Measure what so many changes leave behind.")
        private @Nullable Integer leaks;

        @Option(names = "--shadow", description = "Measure what a shadow costs.")
        private boolean shadow;
    }

    @Override
    protected Run run() {
        SwapOptions options = options();
        return (folder, progress) -> switch (options.mode()) {
            case PAUSE -> new SwapRun(options, folder, progress).run();
            case LEAKS -> new LeakRun(options, folder, progress, true).run();
            case SHADOW -> new ShadowRun(options, folder, progress).run();
        };
    }

    SwapOptions options() {
        Integer leaks = purpose == null ? null : purpose.leaks;
        SwapMode mode = purpose == null ? SwapMode.PAUSE : purpose.shadow ? SwapMode.SHADOW : SwapMode.LEAKS;
        return new SwapOptions(mode, seconds, leaks == null ? 0 : leaks, perSecond, server());
    }
}
