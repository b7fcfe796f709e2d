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
     * @param principal user or key id; {@code internal} when a program in the server did it, and nobody knows for whom; {@code smo}
     *     for what the SMO does by itself
     * @param sourceAddress network address of the caller; "" when there is none
     * @param action for example {@code graph.deploy}
     * @param target for example {@code graph/project/name}: kind, project if it has one, name; of a configuration that was changed in
     *     the running server {@code configuration/PID#name,name}, with the names of its properties and no values
     * @param outcome {@code accepted}, {@code failed}, or why it was refused: {@code forbidden}, {@code conflict}
     * @param correlationId of the request
     * @param before hex SHA-256 of what the target was before, "" when it was nothing or is not known
     * @param after hex SHA-256 of what the target was afterwards, "" when it was nothing or is not known
     * @param detail further words for people, "" for none; never a secret
     * @param decision id of the decision that it follows from, "" for none
     * @param request digest that is the same for each repetition of one request, "" when it has no idempotency key
     */
    record AuditRecord(
            Instant at,
            String principal,
            String sourceAddress,
            String action,
            String target,
            String outcome,
            String correlationId,
            String before,
            String after,
            String detail,
            String decision,
            String request) {

        /** A record without digests, details, decision and request. */
        public AuditRecord(
                Instant at,
                String principal,
                String sourceAddress,
                String action,
                String target,
                String outcome,
                String correlationId) {
            this(at, principal, sourceAddress, action, target, outcome, correlationId, "", "", "", "", "");
        }

        /** The same with another outcome. */
        public AuditRecord withOutcome(String other) {
            return new AuditRecord(
                    at,
                    principal,
                    sourceAddress,
                    action,
                    target,
                    other,
                    correlationId,
                    before,
                    after,
                    detail,
                    decision,
                    request);
        }

        /** The same with digests of its target. */
        public AuditRecord withDigests(String digestBefore, String digestAfter) {
            return new AuditRecord(
                    at,
                    principal,
                    sourceAddress,
                    action,
                    target,
                    outcome,
                    correlationId,
                    digestBefore,
                    digestAfter,
                    detail,
                    decision,
                    request);
        }

        /** The same with other details. */
        public AuditRecord withDetail(String other) {
            return new AuditRecord(
                    at,
                    principal,
                    sourceAddress,
                    action,
                    target,
                    outcome,
                    correlationId,
                    before,
                    after,
                    other,
                    decision,
                    request);
        }
    }

    @AtMostOnce
    @OnStandby
    void record(AuditRecord record);
}
