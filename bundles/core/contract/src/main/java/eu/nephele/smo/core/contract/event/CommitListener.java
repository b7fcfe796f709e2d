// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

/** Is called after a commit with events to publish. Implemented by {@code core/events}. */
public interface CommitListener {

    /** Events were committed; called after the transaction, quick, never blocking. */
    void committed();

    /** Publishes nothing: for programs that embed the core without {@code core/events}. The outbox keeps the events. */
    CommitListener NONE = () -> {
        // no subscribers
    };
}
