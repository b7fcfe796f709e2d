// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.util.List;

/**
 * Options of a run.
 *
 * @param replicasPerServer containers on each server
 * @param actions steps by hand
 * @param clients that make them at the same time
 * @param delayMillis of each answer of a played engine and its containers
 * @param checkSeconds interval of decisions
 * @param probeSeconds how long probes are watched beside a slow server
 * @param server command that starts the server, to which options are added
 */
public record ContainersOptions(
        int servers,
        int services,
        int replicasPerServer,
        int actions,
        int clients,
        int delayMillis,
        int checkSeconds,
        int probeSeconds,
        List<String> server) {

    /** Containers of others, one of which the run starts, and replicas that come and go. */
    private static final int FREE_PLACES = 11;

    private static final int MOST_CONTAINERS = 100;
    private static final int MOST_SERVERS = 200;

    public ContainersOptions {
        server = List.copyOf(server);
        if (servers < 2 || servers > MOST_SERVERS) {
            throw new IllegalArgumentException("servers are 2 to %d".formatted(MOST_SERVERS));
        }
        if (services < 1 || clients < 1 || actions < 1 || checkSeconds < 1 || probeSeconds < 1 || delayMillis < 0) {
            throw new IllegalArgumentException(
                    "services, clients, actions, check-seconds and probe-seconds are 1 or more, delay-millis 0 or more");
        }
        if (replicasPerServer < 1 || replicasPerServer > MOST_CONTAINERS - FREE_PLACES) {
            throw new IllegalArgumentException(
                    "replicas-per-server are 1 to %d".formatted(MOST_CONTAINERS - FREE_PLACES));
        }
        if (servers * replicasPerServer % services != 0) {
            throw new IllegalArgumentException("servers times replicas-per-server is no multiple of services");
        }
    }

    int replicas() {
        return servers * replicasPerServer / services;
    }

    int mostReplicas() {
        return replicas() + Math.max(1, servers * (FREE_PLACES - 1) / services);
    }

    int containers() {
        return servers * replicasPerServer;
    }

    int maxContainers() {
        return replicasPerServer + FREE_PLACES;
    }

    static String service(int number) {
        return "service-%03d".formatted(number);
    }
}
