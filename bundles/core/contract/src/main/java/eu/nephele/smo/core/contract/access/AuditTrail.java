// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;

/** Takes note of who has changed what, and of who was refused. */
@FunctionalInterface
public interface AuditTrail {

    /**
     * Returns when the record is kept: it survives the end of the process.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it cannot be kept
     */
    void record(AuditRecord entry);

    /**
     * Announces a change before anything of it is done, and returns when that is kept. If the process ends before the outcome is
     * recorded, the next owner records that the change was interrupted.
     *
     * @param intended the change, without an outcome
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it cannot be kept: nothing may be changed
     */
    default AuditedChange begin(AuditRecord intended) {
        return this::record;
    }

    /** Takes note of something that nobody waits for; what comes faster than it can be kept is counted together. */
    default void note(AuditRecord entry) {
        record(entry);
    }

    /** A change that was announced. */
    @FunctionalInterface
    interface AuditedChange {

        /**
         * The change is over; returns when that is kept.
         *
         * @param done the change with its outcome
         * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when it cannot be kept
         */
        void end(AuditRecord done);
    }
}
