// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A user of this server.
 *
 * @param passwordHash empty: cannot log in
 * @param passwordVersion number of passwords so far; what an earlier one opened is over
 */
record User(
        String name,
        String fullName,
        boolean enabled,
        Optional<String> passwordHash,
        int passwordVersion,
        Instant createdAt) {

    User withPassword(String hash) {
        return new User(name, fullName, enabled, Optional.of(hash), passwordVersion + 1, createdAt);
    }

    @Override
    public String toString() {
        return "User[%s]".formatted(name);
    }
}
