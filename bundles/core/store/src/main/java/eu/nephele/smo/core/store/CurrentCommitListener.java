// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.EventPublisher;

/** Whoever publishes events at the moment; the store is there before and after. */
final class CurrentPublisher implements EventPublisher {

    private volatile EventPublisher present = NONE;

    @Override
    public void committed() {
        present.committed();
    }

    synchronized void set(EventPublisher publisher) {
        present = publisher;
    }

    /** Nobody publishes any more, unless another one has taken over. */
    synchronized void unset(EventPublisher publisher) {
        if (present == publisher) {
            present = NONE;
        }
    }
}
