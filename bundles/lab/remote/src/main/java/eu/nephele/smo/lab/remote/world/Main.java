// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.util.List;

/** The world as a process: prints its address on standard output, and runs until it is stopped. */
public final class Main {

    private static final int USAGE_ERROR = 64;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // without this the JDK's server waits for a fuller packet before it answers
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            run(WorldOptions.parse(List.of(arguments)));
        } catch (IllegalArgumentException | ScenarioException e) {
            System.err.println("world: " + e.getMessage());
            System.exit(USAGE_ERROR);
        }
    }

    private static void run(WorldOptions options) throws IOException, InterruptedException {
        SimulatedFederation federation = SimulatedFederation.inRealTime(options.readScenario(), options.timeFactor());
        WorldServer server = new WorldServer(federation, options, options.port());
        System.out.printf("{\"event\":\"ready\",\"url\":\"%s\"}%n", server.url());
        if (options.withParent()) {
            while (System.in.read() >= 0) {
                // no content is expected; only the end counts
            }
            server.close();
        }
        server.await();
    }
}
