// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the replicas of a service run: the values of its artifact, read and checked.
 *
 * @param ports which are published, that of the service first
 * @param environment variables by name
 * @param volumes {@code NAME:/PATH[:ro]}, or {@code /HOSTPATH:/PATH[:ro]} where the server allows it
 * @param command replaces that of the image; empty leaves it
 * @param health how it is found out whether a replica is well; without it, what the engine says counts
 * @param balancer without it nothing distributes requests
 * @param times waits
 * @param update how many replicas are replaced at once
 * @param restart policy of the engine: {@code no}, {@code on-failure[:N]} or {@code unless-stopped}
 * @param pullAlways whether a new revision asks the registry although the image is there
 */
public record ContainerSpec(
        List<PublishedPort> ports,
        Map<String, Variable> environment,
        List<String> volumes,
        List<String> command,
        Optional<Health> health,
        Optional<Balancing> balancer,
        RunTimes times,
        UpdateLimits update,
        String restart,
        boolean pullAlways) {

    public ContainerSpec {
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
        command = List.copyOf(command);
    }

    /**
     * @param container port in the container
     * @param host port of the server; 0 for one that the engine chooses
     * @param protocol {@code tcp} or {@code udp}
     */
    public record PublishedPort(int container, int host, String protocol) {}

    /**
     * @param text value, or reference of a secret
     * @param secret whether the text is a reference, which is resolved when a container is made
     */
    public record Variable(String text, boolean secret) {}

    /**
     * @param path of an HTTP GET that answers 200 to 399
     * @param port in the container
     * @param rise good answers in a row
     * @param fall bad answers in a row
     * @param grace from the start of a replica, in which bad answers do not count
     */
    public record Health(
            String path, int port, Duration interval, Duration timeout, int rise, int fall, Duration grace) {}

    /**
     * @param port on which the balancer listens
     * @param queue longest wait of a request while no replica is up
     */
    public record Balancing(int port, Duration queue) {}

    /**
     * @param drain longest time for requests that a leaving replica still answers
     * @param stop from the request to end until the engine kills
     * @param replacement least time between two replacements of unhealthy replicas
     * @param start time in which a new revision has to get a replica healthy, before it is given up
     */
    public record RunTimes(Duration drain, Duration stop, Duration replacement, Duration start) {}

    /**
     * Over all servers.
     *
     * @param batchSize replicas that are replaced at once, 1 or more: as many more than wanted may run meanwhile
     * @param maxUnavailable of those wanted, replicas that may be missing meanwhile where there is no room for more
     */
    public record UpdateLimits(int batchSize, int maxUnavailable) {

        /** One after the other, and none is missing. */
        public static final UpdateLimits USUAL = new UpdateLimits(1, 0);
    }

    /** Port in the container to which a balancer sends; empty if none is named. */
    public Optional<Integer> servicePort() {
        return ports.stream().findFirst().map(PublishedPort::container);
    }

    /** Whether two replicas cannot run beside each other on one server. */
    public boolean hasFixedPorts() {
        return ports.stream().anyMatch(port -> port.host() != 0);
    }
}
