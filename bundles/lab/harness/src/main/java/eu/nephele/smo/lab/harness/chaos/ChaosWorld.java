// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.remote.world.OwnerReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Everything outside the server. It outlives the server, and the judge can read it. */
interface ChaosWorld extends ServedWorld {

    ChartCatalog charts();

    List<String> clusters();

    /** Returns the possible outages, of which one happens at a time. */
    List<WorldOutage> outages();

    void load(int requestsPerSecond) throws IOException, InterruptedException;

    /** Ends the faults: components of the world that missed events read again, as they would sooner or later. */
    default void calm() throws IOException {}

    ObservedWorld observe() throws IOException, InterruptedException;

    /** Returns the servers that have written to it; empty if unknown. */
    default Optional<OwnerReport> owners() throws IOException, InterruptedException {
        return Optional.empty();
    }
}
