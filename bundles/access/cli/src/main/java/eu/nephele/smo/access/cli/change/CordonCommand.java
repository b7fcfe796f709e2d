// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import picocli.CommandLine.Command;

/** {@code cordon}: no new placements on a cluster. */
@Command(name = "cordon", description = "Excludes a cluster from new placements; what is there stays.")
public final class CordonCommand extends ClusterDirectiveCommand {

    @Override
    String action() {
        return "cordon";
    }
}
