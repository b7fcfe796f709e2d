// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is hit: the only server, or two of which one stands by. */
interface Victim extends AutoCloseable {

    /** How clients, weather and judge reach it. */
    ServerApi api();

    /** What is wanted to come about before the next hit. */
    KillTarget aim();

    /** Waits until all of it is well. */
    void awaitReady() throws IOException, InterruptedException;

    /** Clients begin. */
    default void begin() {}

    /**
     * Hits it once.
     *
     * @param number from 1
     * @return the moment, for people
     */
    Optional<String> hit(int number) throws IOException, InterruptedException;

    /** Clients end. */
    default void end() throws InterruptedException {}

    /** What was hit so far. */
    Kills kills() throws IOException, InterruptedException;

    /** What is wrong with its processes at this moment. */
    List<ChaosFinding> findings();

    /** How long a process of a killed server has lived on at most. */
    long workersOutliveMillis();

    /** What there is to say of the two; empty where there is one. */
    default Optional<StandbyReport> standby() throws IOException, InterruptedException {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
