// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to a provider and its progress: an operation in the words of this interface.
 *
 * @param id of the operation
 * @param provider name of the provider
 * @param subject id of the infrastructure that is to change; empty where one is to be made
 * @param endedAt when it was done or failed
 * @param result the infrastructure as it is afterwards; empty unless something was made or scaled
 * @param failure why it failed
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
