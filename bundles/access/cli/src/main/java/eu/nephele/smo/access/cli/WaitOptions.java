// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import picocli.CommandLine.Option;

final class WaitOptions {

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "Waits at most so long for the end, default ${DEFAULT-VALUE}; what is not done then goes on, and"
                            + " the exit status is 3.")
    private int seconds;

    @Option(names = "--no-wait", description = "Does not wait; the exit status is 0 when the server takes it on.")
    private boolean none;

    /** Wait of the server, 0 for none. */
    int seconds() {
        return none ? 0 : seconds;
    }

    boolean isWanted() {
        return seconds() > 0;
    }
}
