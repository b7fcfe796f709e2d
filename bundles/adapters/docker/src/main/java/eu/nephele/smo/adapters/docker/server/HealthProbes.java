// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.model.ContainerSpec.Health;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks replicas whether they are well, all at the same time and each at its own interval, while they start more often:
 * one that is slow delays no other.
 */
public final class HealthProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthProbes.class);
    private static final int THREADS = 4;
    private static final int FIRST_BAD = 400;
    private static final int FIRST_GOOD = 200;

    private final Consumer<String> onChange;
    private final ThreadPoolExecutor threads = IdleThreads.pool("docker-probe", THREADS);
    private final HttpClient client;

    /** Health by container id; only of replicas that run, {@link #retain} forgets the others. */
    private final Map<String, ReplicaProbe> probes = new ConcurrentHashMap<>();

    /** @param onChange gets the id of a replica after its phase changed, on a thread of the probes; quick */
    public HealthProbes(Consumer<String> onChange) {
        this.onChange = onChange;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
    }

    /** One replica with its address; a new address begins anew. */
    private static final class ReplicaProbe {

        private final URI address;
        private final Health health;
        private final AtomicBoolean asked = new AtomicBoolean();
        private volatile ReplicaHealth state;
        private volatile long askedNanos;

        /**
         * That of an address which differs in the host only, where requests may be sent to: it is the same container, and was not started
         * again. Goes when it is known how it is at this address.
         */
        private volatile Optional<ReplicaProbe> former;

        /** It is asked at once. */
        ReplicaProbe(URI address, Health health, Optional<ReplicaProbe> former, ReplicaHealth state, long nowNanos) {
            this.address = address;
            this.health = health;
            this.former = former;
            this.state = state;
            this.askedNanos = nowNanos - health.interval().toNanos();
        }

        boolean isDue(long nowNanos) {
            return nowNanos - askedNanos >= state.pause(health, nowNanos).toNanos();
        }

        boolean asks(URI other, Health asked) {
            return address.equals(other) && health.equals(asked);
        }

        boolean isWithOtherHost(URI other, Health asked) {
            return address.getPort() == other.getPort() && health.equals(asked);
        }

        /** The one to whose address requests may be sent: another one while nobody knows how the replica is at this one's. */
        Optional<ReplicaProbe> serving() {
            if (state.serves()) {
                return Optional.of(this);
            }
            return former;
        }
    }

    /**
     * Makes sure that this replica is asked.
     *
     * @param presumed whether it ran when its server was seen for the first time
     */
    public void ensure(String id, URI address, Health health, boolean presumed) {
        probes.compute(
                id,
                (any, known) -> known == null
                        ? begun(address, health, Optional.empty(), presumed)
                        : known.asks(address, health) ? known : moved(known, address, health));
    }

    /** Two configurations of a server may be read at the same time: one that is asked for again goes on where it was. */
    private static ReplicaProbe moved(ReplicaProbe known, URI address, Health health) {
        return known.former
                .filter(before -> before.asks(address, health))
                .orElseGet(() -> begun(
                        address,
                        health,
                        known.serving().filter(before -> before.isWithOtherHost(address, health)),
                        false));
    }

    private static ReplicaProbe begun(URI address, Health health, Optional<ReplicaProbe> former, boolean presumed) {
        long now = System.nanoTime();
        return new ReplicaProbe(address, health, former, ReplicaHealth.begun(presumed, now), now);
    }

    /** Whether exactly this is asked already. */
    boolean asks(String id, String host, int port, Health health) {
        ReplicaProbe known = probes.get(id);
        return known != null
                && known.address.getPort() == port
                && host.equals(known.address.getHost())
                && known.health.equals(health);
    }

    /** Forgets a replica that does not run, so that it begins anew when it does. */
    public void forget(String id) {
        probes.remove(id);
    }

    /** Forgets all others. */
    public void retain(Set<String> ids) {
        probes.keySet().retainAll(ids);
    }

    /** Empty while nobody asked for the replica to be probed. */
    public Optional<ReplicaPhase> phase(String id) {
        return Optional.ofNullable(probes.get(id)).map(probe -> probe.state.phase());
    }

    /** The host by which requests may be sent to it; empty while they may not. */
    public Optional<String> servingHost(String id) {
        return Optional.ofNullable(probes.get(id))
                .flatMap(ReplicaProbe::serving)
                .map(serving -> serving.address.getHost());
    }

    /** Sends what is due; never blocks. */
    public void tick() {
        long now = System.nanoTime();
        probes.forEach((id, probe) -> {
            if (probe.isDue(now) && probe.asked.compareAndSet(false, true)) {
                probe.askedNanos = now;
                ask(id, probe);
            }
        });
    }

    private void ask(String id, ReplicaProbe probe) {
        HttpRequest request = HttpRequest.newBuilder(probe.address)
                .timeout(probe.health.timeout())
                .header("User-Agent", "smo-health")
                .build();
        // nobody keeps it: one that is over would hold on to its connection
        CompletableFuture<?> unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .whenComplete((answer, failure) -> answered(id, probe, Optional.ofNullable(answer)));
    }

    /** Of a replica that was forgotten or has another address meanwhile, an answer means nothing. */
    private void answered(String id, ReplicaProbe probe, Optional<HttpResponse<InputStream>> answer) {
        boolean well = answer.map(HttpResponse::statusCode)
                .filter(status -> status >= FIRST_GOOD && status < FIRST_BAD)
                .isPresent();
        answer.ifPresent(whole -> discard(whole.body()));
        if (probes.get(id) != probe) {
            probe.asked.set(false);
            return;
        }
        ReplicaPhase before = probe.state.phase();
        probe.state = probe.state.answered(well, probe.health, System.nanoTime());
        if (probe.state.phase() != ReplicaPhase.STARTING) {
            probe.former = Optional.empty();
        }
        probe.asked.set(false);
        if (probe.state.phase() != before) {
            LOG.info("health changed container={} address={} phase={}", id, probe.address, probe.state.phase());
            onChange.accept(id);
        }
    }

    /** Only the status counts; a body may have no end. */
    private static void discard(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            LOG.debug("closing an answer failed", closed);
        }
    }

    @Override
    public void close() {
        probes.clear();
        threads.shutdownNow();
    }
}
