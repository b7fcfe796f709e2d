// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This server owns its database. The service is there while it does: whoever acts by itself, or outside, does so only then, and begins
 * nothing outside any more when nothing is {@link #left()}. On a standby there is none, until it takes over.
 */
@ProviderType
public interface Tenure {

    /** Returns the identity of the holder, unique among all servers and starts: for the logs of outside systems. */
    String holder();

    /**
     * Rises by each change of the owner. An outside system that keeps the highest one it has seen can refuse a call that was begun
     * before a takeover and comes after it.
     */
    long epoch();

    /** How long calls may still be begun outside, by a clock that nobody sets; zero when they may not. It grows when it is renewed. */
    Duration left();
}
