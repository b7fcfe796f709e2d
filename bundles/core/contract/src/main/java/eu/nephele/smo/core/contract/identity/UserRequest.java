// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import java.util.Optional;

/**
 * What is to be true of a user; what is empty stays as it is, or as it is usual for a new one.
 *
 * @param password empty for a new user: it cannot log in until it has one
 */
public record UserRequest(Optional<String> fullName, Optional<Boolean> enabled, Optional<String> password) {

    @Override
    public String toString() {
        return "UserRequest[fullName=%s, enabled=%s]".formatted(fullName, enabled);
    }
}
