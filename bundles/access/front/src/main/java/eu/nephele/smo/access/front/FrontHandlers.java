// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Handlers in front of everything that the web server serves: limits of connections, of the time in which requests and
 * their bodies arrive, and of concurrent requests; and problem details in place of the server's own pages.
 */
final class FrontHandlers {

    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);
    private static final long CHECK_MILLIS = 1_000;

    /** Health checks and metrics, which are answered even when all other requests are refused. */
    private static final String[] NEVER_WAIT = {"/health/*", "/metrics"};

    /** Path of long-lived connections that hold no thread, which have limits of their own behind this handler. */
    private static final String STREAM = "/api/v1/events/stream";

    /** The only read that may wait for completion. A limit behind this handler bounds the waiting calls. */
    private static final Pattern OPERATION = Pattern.compile("/api/v1/operations/[^/]+/?");

    private static final String WAITS = "wait=";

    private final Server server;
    private final FrontSettings settings;
    private final AdmissionHandler.AdmissionSources admissionSources;
    private final ConnectionGuard guard;
    private volatile Optional<Installed> installed = Optional.empty();
    private volatile Scheduler.Task check = () -> false;

    record FrontSettings(
            ConcurrencyLimits concurrencyLimits,
            ConnectionGuard.ConnectionLimits connections,
            RequestBodyHandler.RequestBodyLimits bodies,
            TransportRules transport) {}

    /** @param clientCertificates whether every request but probes needs one */
    record TransportRules(AnswerHeaders headers, boolean clientCertificates) {}

    /**
     * Limits of concurrent requests. The limits of the kinds may add up to more than the total: further requests then
     * wait until another one of any kind has ended.
     *
     * @param changes with the methods POST, PUT and PATCH
     * @param removals with the method DELETE
     * @param reads with the methods GET and HEAD, without long-lived ones: more concurrent reads are not faster, but
     * need more memory
     */
    record ConcurrencyLimits(int all, int changes, int removals, int reads) {}

    /** @param former restores the former settings of the server */
    private record Installed(ContextHandlerCollection where, List<Handler> before, Handler first, Runnable former) {}

    FrontHandlers(Server server, FrontSettings settings, AdmissionHandler.AdmissionSources admissionSources) {
        this.server = server;
        this.settings = settings;
        this.admissionSources = admissionSources;
        this.guard = new ConnectionGuard(settings.connections());
    }

    void start() throws Exception {
        ContextHandlerCollection contexts = Optional.ofNullable(server.getDescendant(ContextHandlerCollection.class))
                .orElseThrow(() -> new IllegalStateException("The web server has no collection of contexts"));
        List<Handler> before = List.copyOf(contexts.getHandlers());
        Handler first = chain(before.get(0));
        first.setServer(server);
        first.start();
        installed = Optional.of(new Installed(contexts, before, first, formerSettings()));
        server.setErrorHandler(new ProblemErrorHandler(settings.transport().headers()));
        connectors().forEach(connector -> connector.addBean(guard, false));
        protocols().forEach(http -> {
            // MinimumRate replaces it
            http.setMinRequestDataRate(0);
            http.setSendServerVersion(false);
        });
        // A managed handler would be stopped on removal, but it continues behind this one.
        before.forEach(contexts::unmanage);
        contexts.setHandlers(List.of(first));
        next();
    }

    void stop() throws Exception {
        if (installed.isPresent()) {
            Installed there = installed.get();
            // set before the check is cancelled, so that a running check schedules no further one
            installed = Optional.empty();
            check.cancel();
            connectors().forEach(connector -> connector.removeBean(guard));
            there.former().run();
            there.where().setHandlers(there.before());
            there.before().forEach(there.where()::manage);
            there.first().stop();
        }
    }

    private Runnable formerSettings() {
        Request.Handler errors = server.getErrorHandler();
        List<Runnable> former = protocols()
                .map(http -> {
                    long rate = http.getMinRequestDataRate();
                    boolean version = http.getSendServerVersion();
                    return (Runnable) () -> {
                        http.setMinRequestDataRate(rate);
                        http.setSendServerVersion(version);
                    };
                })
                .toList();
        return () -> {
            server.setErrorHandler(errors);
            former.forEach(Runnable::run);
        };
    }

    private Handler chain(Handler served) {
        QoSHandler all = turns(served, settings.concurrencyLimits().all());
        QoSHandler removals = turns(all, settings.concurrencyLimits().removals());
        removals.includeMethod("DELETE");
        QoSHandler changes = turns(removals, settings.concurrencyLimits().changes());
        changes.includeMethod("POST", "PUT", "PATCH");
        QoSHandler reads = turns(changes, settings.concurrencyLimits().reads());
        reads.includeMethod("GET", "HEAD");
        reads.exclude(FrontHandlers::lasts);
        RequestBodyHandler bodies = new RequestBodyHandler(reads, settings.bodies());
        Handler admission = new AdmissionHandler(bodies, admissionSources);
        Handler known = settings.transport().clientCertificates() ? new ClientCertificateHandler(admission) : admission;
        return new PathHandler(new AnswerHeadersHandler(
                new CountingHandler(known, guard), settings.transport().headers()));
    }

    private static boolean lasts(Request read) {
        String path = Request.getPathInContext(read);
        return OPERATION.matcher(path).matches() && waits(read.getHttpURI().getQuery());
    }

    private static boolean waits(@Nullable String query) {
        return query != null && (query.startsWith(WAITS) || query.contains("&" + WAITS));
    }

    private QoSHandler turns(Handler next, int requests) {
        QoSHandler turns = new QoSHandler(next);
        turns.setMaxRequestCount(requests);
        turns.setMaxSuspendedRequestCount(settings.connections().connections() * 2);
        turns.setMaxSuspend(LONGEST_TURN);
        turns.excludePath(NEVER_WAIT);
        turns.excludePath(STREAM);
        return turns;
    }

    private void next() {
        check = server.getScheduler().schedule(this::check, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (installed.isPresent()) {
            guard.closeStalled();
            next();
        }
    }

    private Stream<AbstractConnector> connectors() {
        return Arrays.stream(server.getConnectors())
                .filter(AbstractConnector.class::isInstance)
                .map(AbstractConnector.class::cast);
    }

    private Stream<HttpConfiguration> protocols() {
        return connectors().flatMap(connector -> connector.getConnectionFactories().stream()
                .filter(HttpConnectionFactory.class::isInstance)
                .map((ConnectionFactory factory) -> ((HttpConnectionFactory) factory).getHttpConfiguration()));
    }
}
