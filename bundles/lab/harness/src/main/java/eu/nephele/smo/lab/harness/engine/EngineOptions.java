// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a run.
 *
 * @param phases phases to run; the deployment is always among them
 * @param wantedDeliveries least number of waiting deliveries to webhooks; empty for ten of each graph, 100,000 at most
 * @param growth numbers of graphs that are measured one after the other, in place of those of {@code fleet}; none for one run
 * @param server command that starts the server, to which options are added
 */
public record EngineOptions(
        BenchFleet fleet,
        int clients,
        DatabaseKind database,
        Set<String> phases,
        Spans spans,
        MixedReads reads,
        Crowd crowd,
        OptionalInt wantedDeliveries,
        List<Integer> growth,
        Path picture,
        List<String> server) {

    private static final int FEWEST_GRAPHS = 10;
    private static final int DELIVERIES_PER_GRAPH = 10;
    private static final int MOST_DELIVERIES = 100_000;

    /**
     * Who else is there while others work.
     *
     * @param streams of events that are open
     * @param slowSenders clients of whose requests a byte comes now and then
     */
    public record Crowd(int streams, int slowSenders) {

        public Crowd {
            if (streams < 1 || slowSenders < 0) {
                throw new IllegalArgumentException("streams are 1 or more, slow senders 0 or more");
            }
        }
    }

    public EngineOptions {
        phases = Set.copyOf(phases);
        growth = List.copyOf(growth);
        server = List.copyOf(server);
        if (fleet.graphs() < FEWEST_GRAPHS || growth.stream().anyMatch(number -> number < FEWEST_GRAPHS)) {
            throw new IllegalArgumentException("graphs are 10 or more");
        }
        if (fleet.services() < 1 || fleet.clusters() < 2 || clients < 1) {
            throw new IllegalArgumentException("clusters 2 or more, services and clients 1 or more");
        }
        if (wantedDeliveries.orElse(1) < 1) {
            throw new IllegalArgumentException("deliveries are 1 or more");
        }
    }

    EngineOptions withGraphs(int number) {
        return new EngineOptions(
                fleet.withGraphs(number),
                clients,
                database,
                phases,
                spans,
                reads,
                crowd,
                wantedDeliveries,
                List.of(),
                picture,
                server);
    }

    int deliveries() {
        return wantedDeliveries.orElse((int) Math.min(MOST_DELIVERIES, (long) DELIVERIES_PER_GRAPH * fleet.graphs()));
    }
}
