// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import java.util.List;

/**
 * Options of a run.
 *
 * @param kills number of kills of the server, 0 or more
 * @param seed of everything random; the moments are real time and so never quite the same
 * @param standby whether a second server stands by: the owner of the database is hit instead of the only server
 * @param server command that starts the server, to which options are added
 */
public record ChaosOptions(
        int kills,
        long seed,
        Outer world,
        DatabaseKind database,
        boolean standby,
        Traffic traffic,
        int latencyMillis,
        boolean verbose,
        List<String> server) {

    public ChaosOptions {
        server = List.copyOf(server);
        if (kills < 0 || traffic.graphs() < 1 || traffic.clients() < 1 || latencyMillis < 0) {
            throw new IllegalArgumentException("kills and latency-millis are 0 or more, graphs and clients 1 or more");
        }
        if (standby && database != DatabaseKind.POSTGRESQL) {
            throw new IllegalArgumentException(
                    "--standby needs --database postgresql: an embedded database has one server");
        }
        if (standby && world != Outer.SIMULATED) {
            throw new IllegalArgumentException(
                    "--standby needs --world simulated: it is this world that says which server has written");
        }
    }

    /** Worlds outside the server. */
    public enum Outer {
        SIMULATED,
        /** real API servers below a control plane whose Karmada is played */
        KARMADA,
        /** plain clusters of real API servers */
        CONTEXTS,
        /** container engines behind a balancer, by the file of a pool: {@link ContainersChaosRun} */
        CONTAINERS
    }
}
