// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import eu.nephele.smo.lab.harness.command.RunCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./smo bench containers}. */
@Command(
        name = "containers",
        description =
                "Takes services in containers on many plain servers, with played engines, through the whole server.")
public final class ContainersCommand extends RunCommand {

    @Option(names = "--servers", paramLabel = "N", description = "Servers.")
    private int servers = 100;

    @Option(names = "--services", paramLabel = "S", description = "Services.")
    private int services = 50;

    @Option(names = "--replicas-per-server", paramLabel = "R", description = "Containers on each server.")
    private int replicasPerServer = 50;

    @Option(names = "--actions", paramLabel = "A", description = "Steps by hand, up and down.")
    private int actions = 10_000;

    @Option(names = "--clients", paramLabel = "K", description = "Clients that make them at the same time.")
    private int clients = 8;

    @Option(names = "--delay-millis", paramLabel = "T", description = "Delay of each answer of an engine.")
    private int delayMillis = 20;

    @Option(names = "--check-seconds", paramLabel = "T", description = "Interval of decisions on replicas.")
    private int checkSeconds = 30;

    @Option(names = "--probe-seconds", paramLabel = "T", description = "Observation of probes beside a slow server.")
    private int probeSeconds = 30;

    @Override
    protected Run run() {
        ContainersOptions options = options();
        return (folder, progress) -> new ContainersRun(options, folder, progress).run();
    }

    /** @throws IllegalArgumentException with a message for people */
    public ContainersOptions options() {
        return new ContainersOptions(
                servers,
                services,
                replicasPerServer,
                actions,
                clients,
                delayMillis,
                checkSeconds,
                probeSeconds,
                server());
    }
}
