// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import eu.nephele.smo.pools.containers.hours.OpeningHours;
import java.util.Optional;

/**
 * A server with a container engine.
 *
 * @param name unique in the file; the name of the cluster that it is
 * @param host name or address, unique in the file
 * @param ssh how its engine is reached; empty when the engine has an endpoint of its own
 * @param engine what else is said of its engine
 * @param maxContainers hard cap of all containers on it
 * @param control whether balancer, autoscaler and monitoring run there
 * @param hours when it runs containers
 */
public record ServerEntry(
        String name,
        String host,
        Optional<SshAccess> ssh,
        EngineChoice engine,
        int maxContainers,
        boolean control,
        OpeningHours hours) {

    /**
     * How its engine is reached.
     *
     * @param keyPath file of the private key; there is no login by password
     */
    public record SshAccess(String user, String keyPath, int port) {}

    /**
     * What differs from an engine at its usual socket.
     *
     * @param endpoint {@code unix:///PATH}: an engine on the machine of this server
     * @param network mode of its containers instead of that of the engine
     */
    public record EngineChoice(Optional<String> endpoint, Optional<String> network) {}
}
