// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;

/** Recognises requests that come again. */
public record IdempotencyKeys(OperationStore store) {

    /**
     * The operation that the request made when it came first; empty when it is new.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request, {@code CONFLICT} when its operation is not
     *     kept any more
     */
    public Optional<Operation> find(RequestOrigin origin) {
        return origin.idempotency().flatMap(key -> store.findKey(key.key()).map(known -> {
            if (!known.fingerprint().equals(key.fingerprint())) {
                throw SmoException.of(
                        SmoException.Kind.UNPROCESSABLE,
                        "smo",
                        "The idempotency key %s belongs to another request (operation %s); use a new key"
                                .formatted(key.key(), known.operation()),
                        Optional.empty());
            }
            return kept(known);
        }));
    }

    private Operation kept(IdempotencyRecord known) {
        return store.find(known.operation())
                .orElseThrow(() -> SmoException.conflict(
                        "The request was accepted before as operation %s, which is not kept any more"
                                .formatted(known.operation())));
    }
}
