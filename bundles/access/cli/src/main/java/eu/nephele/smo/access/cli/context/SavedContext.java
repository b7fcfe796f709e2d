// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.context;

import java.util.Optional;

/**
 * A server with what is usually said with it.
 *
 * @param server its URL
 * @param tokenFile holds a token
 */
public record SavedContext(Optional<String> server, Optional<String> project, Optional<String> tokenFile) {

    public static final SavedContext EMPTY = new SavedContext(Optional.empty(), Optional.empty(), Optional.empty());

    /** This one, with what the other one has. */
    SavedContext with(SavedContext other) {
        return new SavedContext(
                other.server().or(this::server),
                other.project().or(this::project),
                other.tokenFile().or(this::tokenFile));
    }
}
