// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Verifies one decision after the other, because a large proof takes a processor for a second; callers wait a moment for their turn. */
final class VerificationTurn {

    private final Function<DecisionRecord, JsonObject> verifier;
    private final Duration patience;
    private final Semaphore one = new Semaphore(1, true);

    /** @param patience longest wait of a caller */
    VerificationTurn(Function<DecisionRecord, JsonObject> verifier, Duration patience) {
        this.verifier = verifier;
        this.patience = patience;
    }

    /** @throws SmoException {@code UNAVAILABLE}: others are verified for longer than the caller waits */
    JsonObject verify(DecisionRecord record) {
        if (!comes()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "Other decisions are verified now; try again when they are done",
                    Optional.of(patience));
        }
        try {
            return verifier.apply(record);
        } finally {
            one.release();
        }
    }

    private boolean comes() {
        try {
            return one.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
