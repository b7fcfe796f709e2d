// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to a provider and its progress: an operation in the form of the REST API.
 *
 * @param subject id of the infrastructure to change; empty for a creation
 * @param result the resulting infrastructure; empty unless it was created or scaled
 */
record InfrastructureRequest(
        String id,
        String provider,
        RequestedAction action,
        Optional<String> subject,
        Instant createdAt,
        Optional<Instant> endedAt,
        Optional<Infrastructure> result,
        Optional<ErrorBody> failure) {

    enum RequestedAction {
        CREATE,
        SCALE,
        DELETE
    }

    enum RequestState {
        PENDING,
        DONE,
        FAILED
    }

    RequestState state() {
        if (failure.isPresent()) {
            return RequestState.FAILED;
        }
        return endedAt.isPresent() ? RequestState.DONE : RequestState.PENDING;
    }
}
