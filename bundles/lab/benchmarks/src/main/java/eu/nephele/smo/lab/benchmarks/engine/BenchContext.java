// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.chaos.SimulatedWorld;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the phases of a run share. */
final class Bench {

    /** More graphs than any phase deploys. */
    private static final int NUMBERS = 100_000;
    /** Requests under way: fewer than the server takes connections from one address. */
    private static final int MOST_AT_ONCE = 500;

    private final EngineOptions options;
    private final EngineServer server;
    private final SimulatedWorld world;
    private final Database database;
    private final Acknowledged acknowledged = new Acknowledged();
    private double sustainedPerSecond;
    private int invitations;

    Bench(EngineOptions options, EngineServer server, SimulatedWorld world, Database database) {
        this.options = options;
        this.server = server;
        this.world = world;
        this.database = database;
    }

    EngineOptions options() {
        return options;
    }

    Fleet fleet() {
        return options.fleet();
    }

    EngineServer server() {
        return server;
    }

    SimulatedWorld world() {
        return world;
    }

    Database database() {
        return database;
    }

    /** What the server has promised to have. */
    Acknowledged acknowledged() {
        return acknowledged;
    }

    Reading read() throws IOException, InterruptedException {
        return Reading.of(server.pid(), database.cpuMillis(), server.metrics());
    }

    /** Deployments per second, accepted and done, of a server that is warm; the measure for what other phases offer. */
    double sustainedPerSecond() {
        return sustainedPerSecond;
    }

    void sustained(double perSecond) {
        sustainedPerSecond = perSecond;
    }

    /** Has graphs beside the fleet, with numbers that no graph has had, as long as somebody needs them. */
    boolean host(Guests.Stay stay) throws IOException, InterruptedException {
        invitations++;
        Guests guests = Guests.invite(this, invitations * NUMBERS);
        try {
            return stay.with(guests);
        } finally {
            guests.leave();
        }
    }

    /**
     * Sends requests when they are due.
     *
     * @param figures gets what the server and the clients have used
     */
    Tallies openLoop(List<OpenLoop.Stream> streams, double seconds, ObjectNode figures)
            throws IOException, InterruptedException {
        Reading before = read();
        long clientCpu = Reading.ownCpuMillis();
        Tallies tallies = new OpenLoop(this::send, new RealPace(), MOST_AT_ONCE).run(streams, seconds);
        long clientUsed = Reading.ownCpuMillis() - clientCpu;
        int calls = Math.max(1, tallies.count());
        new Cost(before, read()).into(figures, "Call", calls);
        figures.put("clientCpuMillisPerCall", Figures.rounded(clientUsed / (double) calls));
        return tallies;
    }

    private CompletableFuture<Tally.Answer> send(Crowd.Call call) {
        return server.sendAsync(call.method(), call.path(), call.body()).thenApply(Bench::answer);
    }

    private static Tally.Answer answer(HttpResponse<String> response) {
        return new Tally.Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After").isPresent(),
                response.body());
    }

    /** So many clients, each of which asks one thing after the other. */
    Crowd crowd() {
        return new Crowd(server, options.clients());
    }
}
