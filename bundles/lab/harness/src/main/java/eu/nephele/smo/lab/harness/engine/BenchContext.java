// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** State shared by the phases of a run. */
final class BenchContext implements AutoCloseable {

    /** More graphs than any phase deploys. */
    private static final int NUMBERS = 100_000;
    /** Requests under way: fewer than the server takes connections from one address. */
    private static final int MOST_AT_ONCE = 500;

    private final EngineOptions options;
    private final EngineServer server;
    private final SimulatedWorldProcess world;
    private final BenchDatabase database;
    private final AcknowledgedGraphs acknowledged = new AcknowledgedGraphs();
    private Optional<KeptConnections> clients = Optional.empty();
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
     * Sends requests when they are due, in the names of several callers.
     *
     * @param figures receives the usage of server and clients
     */
    RequestTallies openLoop(List<OpenLoop.Stream> streams, double seconds, ObjectNode figures)
            throws IOException, InterruptedException {
        KeptConnections connections = clients();
        UsageReading before = read();
        long clientCpu = UsageReading.ownCpuMillis();
        RequestTallies tallies = new OpenLoop(connections, new RealPace(), MOST_AT_ONCE).run(streams, seconds);
        long clientUsed = UsageReading.ownCpuMillis() - clientCpu;
        int calls = Math.max(1, tallies.count());
        new ServerCost(before, read()).into(figures, "Call", calls);
        figures.put("clientCpuMillisPerCall", NumberFormats.rounded(clientUsed / (double) calls));
        return tallies;
    }

    /** Connections of several callers. */
    KeptConnections clients() throws IOException, InterruptedException {
        if (clients.isEmpty()) {
            clients = Optional.of(
                    new KeptConnections(server.process().url(), new BenchCallers(server.process()).tokens()));
        }
        return clients.get();
    }

    /** As many clients as the options say, each of which sends one request after the other. */
    ClosedLoop crowd() throws IOException, InterruptedException {
        return crowd(options.clients());
    }

    ClosedLoop crowd(int number) throws IOException, InterruptedException {
        return new ClosedLoop(server, clients(), number);
    }

    @Override
    public void close() {
        clients.ifPresent(KeptConnections::close);
    }
}
