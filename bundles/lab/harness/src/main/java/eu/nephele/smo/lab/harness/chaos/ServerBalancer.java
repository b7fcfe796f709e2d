// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes calls to the owner of the database, as a load balancer does: it polls each server all the time whether it is
 * the owner, and closes the connections to a former owner. Now and then a change goes to the other server first, and
 * then where that one redirects it.
 */
final class ServerBalancer implements ServerRoute, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerBalancer.class);

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int ONE_IN_ASTRAY = 8;
    private static final long LOOK_MILLIS = 100;
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(1);
    private static final long OWNER_SECONDS = 30;

    private final List<ServerBackend> backends;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LOOK_TIMEOUT)
            .build();
    // guarded by this
    private final Map<ServerBackend, RouteChoice> ways = new HashMap<>();
    // guarded by this
    private Optional<ServerBackend> owner = Optional.empty();
    // guarded by this
    private Optional<Expected> expected = Optional.empty();
    // guarded by this
    private int sentOn;
    private volatile boolean ended;

    /** The first change accepted by another server than the victim. */
    private record Expected(ServerBackend victim, long sinceNanos, CompletableFuture<Long> millis) {}

    ServerBalancer(List<? extends ServerBackend> backends, long seed) {
        this.backends = List.copyOf(backends);
        this.random = new Random(seed);
        backends.forEach(this::open);
    }

    void start() {
        for (ServerBackend backend : backends) {
            Thread thread = new Thread(() -> watch(backend), "balancer");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public synchronized RouteChoice way(ApiRequest request) throws IOException, InterruptedException {
        ServerBackend known = awaitOwner();
        if (isChange(request) && random.nextInt(ONE_IN_ASTRAY) == 0) {
            return way(backends.stream()
                    .filter(backend -> backend != known && backend.isServing())
                    .findFirst()
                    .orElse(known));
        }
        return way(known);
    }

    /** @throws ConnectException when no server is the owner for too long */
    synchronized ServerBackend awaitOwner() throws ConnectException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(OWNER_SECONDS);
        while (owner.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new ConnectException("The database has no owner among the servers");
            }
            wait(left);
        }
        return owner.get();
    }

    @Override
    public synchronized Optional<RouteChoice> answered(
            RouteChoice routeChoice, ApiRequest request, ApiResponse answer) {
        if (isChange(request) && answer.isGood()) {
            accepted(routeChoice.base());
        }
        if (answer.status() != UNAVAILABLE) {
            return Optional.empty();
        }
        String told = answer.json().path("owner").asText();
        Optional<RouteChoice> there = backends.stream()
                .filter(backend -> backend.url().toString().equals(told))
                .map(this::way)
                .filter(it -> !it.base().equals(routeChoice.base()))
                .findFirst();
        if (there.isPresent()) {
            sentOn++;
        }
        return there;
    }

    /** Returns the server for reads: the standby, or the remaining one. Empty without one. */
    synchronized Optional<ServerBackend> standby() {
        List<ServerBackend> serving =
                backends.stream().filter(ServerBackend::isServing).toList();
        return serving.stream()
                .filter(backend -> owner.filter(backend::equals).isEmpty())
                .findFirst()
                .or(() -> serving.stream().findFirst());
    }

    /**
     * Announces a hit.
     *
     * @return milliseconds until another server accepts a change
     */
    synchronized CompletableFuture<Long> expectSuccessor(ServerBackend victim) {
        CompletableFuture<Long> millis = new CompletableFuture<>();
        expected = Optional.of(new Expected(victim, System.nanoTime(), millis));
        return millis;
    }

    /** Number of changes that followed a redirect of the standby. */
    synchronized int sentOn() {
        return sentOn;
    }

    // guarded by this
    private void accepted(URI by) {
        expected.filter(it -> !it.victim().url().equals(by)).ifPresent(it -> it.millis()
                .complete(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - it.sinceNanos())));
    }

    // guarded by this
    private RouteChoice way(ServerBackend backend) {
        return Optional.ofNullable(ways.get(backend)).orElseThrow();
    }

    private static boolean isChange(ApiRequest request) {
        return request.key().isPresent();
    }

    private void watch(ServerBackend backend) {
        try {
            while (!ended) {
                boolean owns = owns(backend);
                seen(backend, owns);
                backend.tend();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("polling a backend stopped backend={}", backend, e);
        }
    }

    private boolean owns(ServerBackend backend) throws InterruptedException {
        try {
            HttpRequest question = HttpRequest.newBuilder(backend.url().resolve("/health/owner"))
                    .timeout(LOOK_TIMEOUT)
                    .build();
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException away) {
            // a server that does not answer gets no calls
            return false;
        }
    }

    private synchronized void seen(ServerBackend backend, boolean owns) {
        boolean known = owner.filter(backend::equals).isPresent();
        if (owns && !known) {
            owner.ifPresent(this::shut);
            owner = Optional.of(backend);
            notifyAll();
        } else if (!owns && known) {
            shut(backend);
            owner = Optional.empty();
        }
    }

    // guarded by this
    private void open(ServerBackend backend) {
        ways.put(backend, new RouteChoice(backend.url(), new CompletableFuture<>()));
    }

    // guarded by this
    private void shut(ServerBackend former) {
        way(former).closed().completeExceptionally(new IOException(former + " no longer owns the database"));
        open(former);
    }

    @Override
    public void close() {
        ended = true;
    }
}
