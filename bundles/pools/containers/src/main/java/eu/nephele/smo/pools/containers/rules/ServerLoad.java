// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

/**
 * What runs on a server.
 *
 * @param maxContainers hard cap of all containers
 * @param containers that run, of all services
 * @param ofService of them those of the service in question
 */
public record ServerLoad(String name, int maxContainers, int containers, int ofService) {

    boolean hasRoom() {
        return containers < maxContainers;
    }
}
