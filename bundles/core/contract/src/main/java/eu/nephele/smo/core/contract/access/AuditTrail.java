// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;

/** Takes note of who has changed what, and of who was refused. */
public interface AuditTrail {

    /** Quick, on the thread of the call: records are delivered later. */
    void record(AuditRecord entry);
}
