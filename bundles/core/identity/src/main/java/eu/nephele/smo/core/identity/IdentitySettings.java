// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.time.Duration;

/** @param lasting of a session that asks for no other time */
record IdentitySettings(Duration lasting, Duration longest, int sessionsPerUser, int passwordCharacters) {

    static final IdentitySettings STANDARD = new IdentitySettings(Duration.ofHours(12), Duration.ofDays(7), 20, 12);

    static IdentitySettings from(IdentityConfig config) {
        return new IdentitySettings(
                Duration.ofHours(config.sessionHours()),
                Duration.ofHours(config.maxSessionHours()),
                config.maxSessionsPerUser(),
                config.minPasswordCharacters());
    }
}
