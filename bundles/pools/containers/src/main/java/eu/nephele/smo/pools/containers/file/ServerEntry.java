// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import eu.nephele.smo.pools.containers.hours.OpeningHours;

/**
 * A server with a container engine.
 *
 * @param name unique in the file; the name of the cluster that it is
 * @param host name or address, unique in the file
 * @param maxContainers hard cap of all containers on it
 * @param control whether balancer, autoscaler and monitoring run there
 * @param hours when it runs containers
 */
public record ServerEntry(
        String name, String host, SshAccess ssh, int maxContainers, boolean control, OpeningHours hours) {

    /**
     * How its engine is reached.
     *
     * @param keyPath file of the private key; there is no login by password
     */
    public record SshAccess(String user, String keyPath, int port) {}
}
