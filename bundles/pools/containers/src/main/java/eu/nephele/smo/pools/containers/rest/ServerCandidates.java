// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every server of the pool, as the place of one more container of a service. */
final class ServerCandidates {

    private final ContainersFile file;
    private final ServiceEntry service;
    private final Instant now;

    ServerCandidates(ContainersFile file, ServiceEntry service, Instant now) {
        this.file = file;
        this.service = service;
        this.now = now;
    }

    /**
     * One server.
     *
     * @param own containers of the service there
     * @param containers all that run there
     * @param chosen whether the next one goes there
     * @param reason why, or why not, for people
     */
    record ServerCandidate(
            ServerEntry server, int own, int containers, boolean possible, boolean chosen, String reason) {}

    /**
     * @param own containers of the service by server
     * @param engines by server
     * @param directives of operators by server
     * @return in the order of the file
     */
    List<ServerCandidate> list(
            Map<String, Integer> own, Map<String, EngineSummary> engines, Map<String, Directive> directives) {
        List<ServerCandidate> judged = file.servers().stream()
                .map(server -> judge(
                        server,
                        own.getOrDefault(server.name(), 0),
                        Optional.ofNullable(engines.get(server.name())),
                        Optional.ofNullable(directives.get(server.name()))))
                .toList();
        Optional<ServerCandidate> best = service.strategies().placement().isPresent()
                ? Optional.empty()
                : judged.stream().filter(ServerCandidate::possible).min(Comparator.comparingInt(ServerCandidate::own));
        return judged.stream()
                .map(candidate -> best.filter(candidate::equals).isPresent() ? chosen(candidate) : candidate)
                .toList();
    }

    private ServerCandidate judge(
            ServerEntry server, int own, Optional<EngineSummary> engine, Optional<Directive> directive) {
        int containers = engine.map(EngineSummary::containers).orElse(0);
        String obstacle = obstacle(server, own, engine, directive);
        String reason = obstacle.isEmpty()
                ? service.strategies()
                        .placement()
                        .map(choice -> "strategy %s chooses among those with room".formatted(choice.id()))
                        .orElseGet(() -> "%d of this service there".formatted(own))
                : obstacle;
        return new ServerCandidate(server, own, containers, obstacle.isEmpty(), false, reason);
    }

    private String obstacle(
            ServerEntry server, int own, Optional<EngineSummary> engine, Optional<Directive> directive) {
        if (isClosed(server)) {
            return "closed: outside of its business hours";
        }
        if (engine.isEmpty()) {
            return "away: nothing is known of it yet";
        }
        if (engine.get().failure().isPresent()) {
            return "away: " + engine.get().failure().get();
        }
        if (directive.filter(Directive::cordoned).isPresent()) {
            String why = directive.get().reason();
            return why.isEmpty() ? "cordoned" : "cordoned: " + why;
        }
        if (engine.get().containers() >= server.maxContainers()) {
            return "full: %d of %d containers".formatted(engine.get().containers(), server.maxContainers());
        }
        int most = service.replicas().maxPerServer().orElse(Integer.MAX_VALUE);
        return own >= most ? "full for this service: max_per_server %d".formatted(most) : "";
    }

    /** As services are placed: servers that are closed run nothing, unless all are. */
    private boolean isClosed(ServerEntry server) {
        return !server.hours().isOpen(now)
                && file.servers().stream().anyMatch(other -> other.hours().isOpen(now));
    }

    private static ServerCandidate chosen(ServerCandidate candidate) {
        return new ServerCandidate(
                candidate.server(),
                candidate.own(),
                candidate.containers(),
                true,
                true,
                "%s: the fewest of this service, the first of the file among equals".formatted(candidate.reason()));
    }
}
