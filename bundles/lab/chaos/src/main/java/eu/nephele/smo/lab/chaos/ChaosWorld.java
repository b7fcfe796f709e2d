// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.world.OwnerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything outside the server. It outlives the server, and whoever judges can look at it. */
interface ChaosWorld extends AutoCloseable {

    /** Where the configuration of the server goes. */
    Path configuration();

    /** With which the server finds this world. */
    List<String> serverOptions();

    ChaosPace pace();

    ChartCatalog charts();

    /** Names of the clusters that services may be placed on. */
    List<String> clusters();

    /** Returns the possible outages, of which one happens at a time. */
    List<WorldOutage> outages();

    /** How much all services are asked for from now on. */
    void load(int requestsPerSecond) throws IOException, InterruptedException;

    /** The storm is over: what in the world itself has missed something of it looks again, as it would sooner or later. */
    default void calm() throws IOException {}

    /** As it is at this moment. */
    ObservedWorld observe() throws IOException, InterruptedException;

    /** Returns the servers that have written to it; empty if unknown. */
    default Optional<OwnerReport> owners() throws IOException, InterruptedException {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
