// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Where a container starts, and which one goes. */
public final class ServerRules {

    private ServerRules() {}

    /** @param id of the engine */
    public record RunningContainer(String id, String server, Instant created) {}

    /**
     * The server for one more container: of those with room that which has the fewest of the service, the first listed among equals.
     *
     * @param servers in the order of the file
     * @param maxPerServer of the service on one server
     * @return empty when none has room
     */
    public static Optional<ServerLoad> forOneMore(List<ServerLoad> servers, OptionalInt maxPerServer) {
        // min keeps the first of equals
        return servers.stream()
                .filter(ServerLoad::hasRoom)
                .filter(server -> server.ofService() < maxPerServer.orElse(Integer.MAX_VALUE))
                .min(Comparator.comparingInt(ServerLoad::ofService));
    }

    /**
     * The container that goes: the newest on the most loaded server that has one. Most loaded is where most containers of all services run;
     * the first listed among equals.
     *
     * @param servers in the order of the file
     * @param ofService containers of the service
     * @param minReplicas with so many, none goes
     */
    public static Optional<RunningContainer> toRemove(
            List<ServerLoad> servers, List<RunningContainer> ofService, int minReplicas) {
        if (ofService.size() <= minReplicas) {
            return Optional.empty();
        }
        Map<String, List<RunningContainer>> byServer =
                ofService.stream().collect(Collectors.groupingBy(RunningContainer::server));
        return servers.stream()
                .filter(server -> byServer.containsKey(server.name()))
                .reduce((first, second) -> second.containers() > first.containers() ? second : first)
                .map(ServerLoad::name)
                .map(byServer::get)
                .map(List::stream)
                .flatMap(containers -> containers.max(
                        Comparator.comparing(RunningContainer::created).thenComparing(RunningContainer::id)));
    }
}
