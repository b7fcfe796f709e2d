// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Present activity of the server. Rates and means are those of the window.
 *
 * @param uptime since the start of the process
 * @param window the last minute, or less soon after the start
 * @param work work of the engine; empty while it is unavailable
 * @param requests HTTP calls, refused ones included
 * @param systems outside systems, by name
 * @param strategies strategies of placements and replicas with decisions and failures, by name
 */
public record RuntimeReport(
        Instant at,
        Duration uptime,
        Duration window,
        Optional<EngineWork> work,
        Store store,
        HttpTraffic requests,
        List<OutsideSystemTraffic> systems,
        List<Strategy> strategies,
        EventTraffic events,
        JavaProcess process) {

    public RuntimeReport {
        systems = List.copyOf(systems);
        strategies = List.copyOf(strategies);
    }

    /**
     * @param meanPass empty when no pass has ended in the window
     * @param refusalsPerSecond changes and removals that were refused because too much waits
     */
    public record EngineWork(
            double passesPerSecond, Optional<Duration> meanPass, double refusalsPerSecond, Activity activity) {}

    /**
     * @param statementsPerPass of all statements, those of reads included; empty when no pass has ended in the window
     */
    public record Store(double statementsPerSecond, OptionalDouble statementsPerPass) {}

    /**
     * @param errorsPerSecond answers from 500 on
     * @param refusalsPerSecond 429 and 503, which also count as errors where they are
     */
    public record HttpTraffic(
            double perSecond, Optional<Duration> mean, double errorsPerSecond, double refusalsPerSecond) {}

    /**
     * @param mean with attempts and what a call waited; empty when there was no call in the window
     * @param failuresPerSecond calls with any other outcome than an answer
     * @param circuit {@code closed}: calls pass; {@code half-open}: one call finds out; {@code open}: calls fail at
     *     once; empty when the guard does not know the system any more
     * @param inFlight calls that are in the system now
     * @param known what the guard knows of it; empty when it does not know it any more
     */
    public record OutsideSystemTraffic(
            String name,
            double callsPerSecond,
            Optional<Duration> mean,
            double failuresPerSecond,
            Optional<String> circuit,
            int inFlight,
            Optional<OutsideSystemHistory> known) {}

    /**
     * @param since when the circuit came into its state
     * @param retryAfter when it is called again; present while the circuit is open
     * @param lastFailure its last failure to answer, for people; empty when it never did
     * @param lastSuccess when it answered last; empty when it never did
     */
    public record OutsideSystemHistory(
            Instant since,
            Optional<Duration> retryAfter,
            Optional<String> lastFailure,
            Optional<Instant> lastSuccess) {}

    /**
     * @param kind {@code placement} or {@code scaling}; empty for who has only failed
     * @param decisions in the window
     * @param faults in the window
     */
    public record Strategy(
            String name,
            Optional<String> kind,
            long decisions,
            double perSecond,
            Optional<Duration> mean,
            long faults) {}

    /**
     * @param deliveriesPerSecond attempts to deliver to webhooks
     * @param subscriberLag events that the slowest subscriber has not received yet
     */
    public record EventTraffic(double publishedPerSecond, double deliveriesPerSecond, long subscriberLag) {}

    /**
     * @param heapMax most bytes that the heap may have
     * @param heapAfterCollection what the last collection of all has left; empty before the first one
     * @param processorShare cores that the process kept busy in the window, 2.0 for two whole cores
     * @param collections by collector
     */
    public record JavaProcess(
            int processors,
            double processorShare,
            long heapUsed,
            long heapCommitted,
            long heapMax,
            OptionalLong heapAfterCollection,
            int threads,
            List<Collector> collections) {

        public JavaProcess {
            collections = List.copyOf(collections);
        }
    }

    /**
     * @param count collections since the start
     * @param time that they took, since the start
     * @param countInWindow collections in the window
     * @param timeInWindow time that they took in the window
     */
    public record Collector(String name, long count, Duration time, long countInWindow, Duration timeInWindow) {}
}
