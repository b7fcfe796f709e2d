// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** State shared by the phases of a run. */
final class BenchContext {

    /** More graphs than any phase deploys. */
    private static final int NUMBERS = 100_000;
    /** Requests under way: fewer than the server takes connections from one address. */
    private static final int MOST_AT_ONCE = 500;

    private final EngineOptions options;
    private final EngineServer server;
    private final SimulatedWorldProcess world;
    private final BenchDatabase database;
    private final AcknowledgedGraphs acknowledged = new AcknowledgedGraphs();
    private double sustainedPerSecond;
    private int invitations;

    BenchContext(EngineOptions options, EngineServer server, SimulatedWorldProcess world, BenchDatabase database) {
        this.options = options;
        this.server = server;
        this.world = world;
        this.database = database;
    }

    EngineOptions options() {
        return options;
    }

    BenchFleet fleet() {
        return options.fleet();
    }

    EngineServer server() {
        return server;
    }

    SimulatedWorldProcess world() {
        return world;
    }

    BenchDatabase database() {
        return database;
    }

    AcknowledgedGraphs acknowledged() {
        return acknowledged;
    }

    UsageReading read() throws IOException, InterruptedException {
        return UsageReading.create(server.process().pid(), database.cpuMillis(), server.metrics());
    }

    /** Deployments per second, accepted and done, of a warm server; the base of the load of other phases. */
    double sustainedPerSecond() {
        return sustainedPerSecond;
    }

    void sustained(double perSecond) {
        sustainedPerSecond = perSecond;
    }

    /** Provides graphs beside the fleet, with unused numbers, for the duration of an action. */
    boolean host(TemporaryGraphs.Stay stay) throws IOException, InterruptedException {
        invitations++;
        TemporaryGraphs temporaryGraphs = TemporaryGraphs.invite(this, invitations * NUMBERS);
        try {
            return stay.with(temporaryGraphs);
        } finally {
            temporaryGraphs.leave();
        }
    }

    /**
     * Sends requests when they are due.
     *
     * @param figures receives the usage of server and clients
     */
    RequestTallies openLoop(List<OpenLoop.Stream> streams, double seconds, ObjectNode figures)
            throws IOException, InterruptedException {
        UsageReading before = read();
        long clientCpu = UsageReading.ownCpuMillis();
        RequestTallies tallies = new OpenLoop(this::send, new RealPace(), MOST_AT_ONCE).run(streams, seconds);
        long clientUsed = UsageReading.ownCpuMillis() - clientCpu;
        int calls = Math.max(1, tallies.count());
        new ServerCost(before, read()).into(figures, "Call", calls);
        figures.put("clientCpuMillisPerCall", NumberFormats.rounded(clientUsed / (double) calls));
        return tallies;
    }

    private CompletableFuture<RequestTally.ResponseClass> send(ClosedLoop.HttpRequestSpec httpRequestSpec) {
        return server.sendAsync(httpRequestSpec.method(), httpRequestSpec.path(), httpRequestSpec.body())
                .thenApply(BenchContext::answer);
    }

    private static RequestTally.ResponseClass answer(HttpResponse<String> response) {
        return new RequestTally.ResponseClass(
                response.statusCode(),
                response.headers().firstValue("Retry-After").isPresent(),
                response.body());
    }

    /** That many clients, each of which sends one request after the other. */
    ClosedLoop crowd() {
        return new ClosedLoop(server, options.clients());
    }
}
