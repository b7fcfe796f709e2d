// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;

/** Decides about outward calls: a change may begin only while this server owns its database. */
final class OutboundGate {

    private volatile boolean free = true;
    private volatile Optional<Tenure> tenure = Optional.empty();

    /** From now on it takes a tenure; a program that embeds the guard has none. */
    void standBy() {
        free = false;
    }

    void begin(Tenure held) {
        tenure = Optional.of(held);
    }

    void end(Tenure over) {
        tenure = tenure.filter(held -> held != over);
    }

    boolean isOpen(GuardedOperation operation) {
        return free
                || operation.onStandby()
                || tenure.filter(held -> !held.left().isZero()).isPresent();
    }
}
