// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import java.time.Duration;

/**
 * Times of streams.
 *
 * @param heartbeat interval of heartbeats of an idle stream: proxies keep it open, and a disconnected client is noticed
 * @param timeout a client that reads nothing for this time is disconnected
 * @param retry delay before the log is read again after a failure
 * @param tick interval in which rights, heartbeats and timeouts are looked after
 * @param shutdownTimeout for the farewell of all streams
 */
record StreamTiming(Duration heartbeat, Duration timeout, Duration retry, Duration tick, Duration shutdownTimeout) {

    static final StreamTiming USUAL = new StreamTiming(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
}
