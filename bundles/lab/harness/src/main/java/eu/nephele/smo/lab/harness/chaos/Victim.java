// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The target of the kills: the only server, or two of which one is the standby. */
interface Victim extends AutoCloseable {

    /** Route of clients, outages and judge. */
    ServerApi api();

    /** Waits for the condition of the next kill. */
    KillTarget aim();

    void awaitReady() throws IOException, InterruptedException;

    /** Announces the begin of the clients. */
    default void begin() {}

    /** @param number from 1 */
    Optional<String> hit(int number) throws IOException, InterruptedException;

    /** Announces the end of the clients. */
    default void end() throws InterruptedException {}

    Kills kills() throws IOException, InterruptedException;

    List<ChaosFinding> findings();

    /** Longest survival of a process of a killed server. */
    long workersOutliveMillis();

    /** Report about both servers; empty if only one runs. */
    default Optional<StandbyReport> standby() throws IOException, InterruptedException {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
