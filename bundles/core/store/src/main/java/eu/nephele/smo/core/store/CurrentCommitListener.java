// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.CommitListener;

/** Present publisher of events; the store exists before and after it. */
final class CurrentCommitListener implements CommitListener {

    private volatile CommitListener present = NONE;

    @Override
    public void committed() {
        present.committed();
    }

    synchronized void set(CommitListener publisher) {
        present = publisher;
    }

    /** Removes the publisher, unless another one has taken over. */
    synchronized void unset(CommitListener publisher) {
        if (present == publisher) {
            present = NONE;
        }
    }
}
