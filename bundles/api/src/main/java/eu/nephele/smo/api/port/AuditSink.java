// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives who did what. Called in order, on a thread of its own; an exception is logged and the record comes again. */
@Port(name = "audit")
@ConsumerType
public interface AuditSink {

    /**
     * @param at when
     * @param principal user or key id; {@code internal} when a program in the server did it, and nobody knows for whom
     * @param sourceAddress network address of the caller; "" when there is none
     * @param action for example {@code graph.deploy}
     * @param target for example {@code graph/project/name}: kind, project if it has one, name; of a configuration that was changed in
     *     the running server {@code configuration/PID#name,name}, with the names of its properties and no values
     * @param outcome {@code accepted}, {@code failed}, or why it was refused: {@code forbidden}, {@code conflict}
     * @param correlationId of the request
     */
    record AuditRecord(
            Instant at,
            String principal,
            String sourceAddress,
            String action,
            String target,
            String outcome,
            String correlationId) {}

    @AtMostOnce
    @OnStandby
    void record(AuditRecord record);
}
