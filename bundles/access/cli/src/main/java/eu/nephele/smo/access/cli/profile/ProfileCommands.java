// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import picocli.CommandLine.Command;

/** {@code profile}: what replicas of a service can serve. */
@Command(
        name = "profile",
        description = "What replicas of a service can serve: fit, test.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FitCommand.class, TestCommand.class})
public final class ProfileCommands {}
