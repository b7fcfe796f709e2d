// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.lab.simulator.Outage;
import java.time.Instant;
import java.util.Set;

/**
 * The inside of the world, for the holder of its lock.
 *
 * @param now present moment in the world; everything due until then has happened
 */
record WorldState(
        Instant now,
        Nodes nodes,
        InstalledReleases releases,
        PodLifecycle pods,
        LoadHistory loads,
        Set<Outage> outages,
        AlertMonitoring monitoring,
        WriteCounts writes) {

    /** @throws AdapterException during an outage of that part of the machinery */
    void requireWorking(Outage part, String what) {
        if (outages.contains(part)) {
            throw new AdapterException(
                    AdapterException.Kind.UNAVAILABLE,
                    World.SYSTEM,
                    "%s: the %s of the simulated federation is unavailable until the outage ends"
                            .formatted(what, part.name().toLowerCase(java.util.Locale.ROOT)));
        }
    }
}
