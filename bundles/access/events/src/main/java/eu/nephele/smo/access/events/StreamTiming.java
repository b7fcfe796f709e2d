// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import java.time.Duration;

/**
 * Times of streams.
 *
 * @param heartbeat a stream that has nothing to tell says so after this time: proxies keep it, and a client that is gone is
 *     noticed
 * @param patience a client that takes nothing for this long is disconnected
 * @param retry how soon the log is asked again after it failed
 * @param tick how often all this is checked
 * @param farewell how long streams may take to end when they are told to
 */
record StreamTiming(Duration heartbeat, Duration patience, Duration retry, Duration tick, Duration farewell) {

    static final StreamTiming USUAL = new StreamTiming(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
}
