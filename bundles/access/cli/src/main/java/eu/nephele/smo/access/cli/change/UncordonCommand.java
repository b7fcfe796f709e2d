// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import picocli.CommandLine.Command;

/** {@code uncordon}: new placements on a cluster again. */
@Command(name = "uncordon", description = "Includes a cluster in new placements again.")
public final class UncordonCommand extends ClusterDirectiveCommand {

    @Override
    String action() {
        return "uncordon";
    }
}
