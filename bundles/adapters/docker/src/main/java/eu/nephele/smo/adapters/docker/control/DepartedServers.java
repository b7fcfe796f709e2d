// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.api.model.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Servers whose configuration is gone. A changed configuration is a removed one and a new one to this adapter, and all
 * go while it ends: what runs on such a server still serves, so the balancer keeps it until its server is listed again,
 * or for so long.
 */
final class DepartedServers {

    static final Duration KEPT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;

    /** The last one of each name; goes when its time is over. */
    private final Map<ClusterId, DepartedServer> departed = new ConcurrentHashMap<>();

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    DepartedServers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record DepartedServer(DockerServer server, long sinceNanos) {}

    /** One that was never listed is not remembered: nobody knows what runs there but by the one before it. */
    void add(DockerServer server) {
        if (server.last().isPresent()) {
            departed.put(server.id(), new DepartedServer(server, nanoTime.getAsLong()));
        }
    }

    /**
     * Those that count still.
     *
     * @param isBack whether another one of its name has been listed since
     */
    List<DockerServer> except(Predicate<DockerServer> isBack) {
        long now = nanoTime.getAsLong();
        departed.values().removeIf(each -> now - each.sinceNanos() >= KEPT.toNanos() || isBack.test(each.server()));
        return departed.values().stream().map(DepartedServer::server).toList();
    }
}
