// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AuditTrail.AuditedChange;
import eu.nephele.smo.core.contract.audit.AuditEncoding;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of an authorized service and its entry in the audit. What is changed is announced before, so that a change without an
 * entry is impossible; what is refused before that has an entry of its own. The program itself has none.
 */
final class AuditedCall {

    private static final Logger LOG = LoggerFactory.getLogger(AuditedCall.class);
    private static final String FAILED = "failed";

    private final AuditTrail audit;
    private final Optional<AuditRecord> entry;
    private final Supplier<String> digest;

    /** @param digest of the present content of the target, "" when there is none */
    AuditedCall(AuditTrail audit, CallContext call, ResourceRef target, String word, Supplier<String> digest) {
        this.audit = audit;
        this.digest = digest;
        this.entry = call.remote().map(Remote::address).map(address -> entry(call, address, target, word));
    }

    /** The entry of a read of what the caller may not see; none for the program itself. */
    static Optional<AuditRecord> refusedRead(CallContext call, ResourceRef target) {
        return call.remote()
                .map(remote -> entry(call, remote.address(), target, "read").withOutcome("not-found"));
    }

    /** The entry of what was refused before anything of it was done; none for the program itself. */
    static Optional<AuditRecord> refused(CallContext call, ResourceRef target, String word, SmoException why) {
        return call.remote().map(remote -> entry(call, remote.address(), target, word)
                .withOutcome(word(why))
                .withDetail(why.getMessage()));
    }

    private static AuditRecord entry(CallContext call, String address, ResourceRef target, String word) {
        String principal = call.origin().principal();
        String action = target.kind() + "." + word;
        String request = call.origin()
                .idempotency()
                .map(key -> AuditEncoding.digest(
                        String.join("\n", principal, action, target.toString(), key.key(), key.fingerprint())))
                .orElse("");
        return new AuditRecord(
                Instant.now(),
                principal,
                address,
                action,
                target.toString(),
                "",
                call.origin().correlationId(),
                "",
                "",
                "",
                "",
                request);
    }

    /**
     * Admits the call and does the work.
     *
     * @param admission throws when the call is refused
     * @throws SmoException also {@code UNAVAILABLE} when the audit cannot keep the entry
     */
    <T> T run(Runnable admission, Supplier<T> work) {
        if (entry.isEmpty()) {
            admission.run();
            return work.get();
        }
        try {
            admission.run();
        } catch (RuntimeException refused) {
            throw recorded(audit::record, entry.get().withOutcome(word(refused)), refused);
        }
        return audited(entry.get(), work);
    }

    private <T> T audited(AuditRecord intended, Supplier<T> work) {
        AuditRecord before = intended.withDigests(present(), "");
        AuditedChange change = audit.begin(before);
        T done;
        try {
            done = work.get();
        } catch (RuntimeException failed) {
            throw recorded(change, before.withOutcome(word(failed)), failed);
        } catch (Error fatal) {
            recorded(change, before.withOutcome(FAILED), new IllegalStateException(fatal));
            throw fatal;
        }
        change.end(before.withDigests(before.before(), present()).withOutcome("accepted"));
        return done;
    }

    /** The digest explains an entry; a change is not refused, or reported as failed, for the lack of it. */
    private String present() {
        try {
            return digest.get();
        } catch (RuntimeException unreadable) {
            LOG.debug("digest for the audit unavailable entry={}", entry, unreadable);
            return "";
        }
    }

    /** Records why a call failed; a failure of the audit does not hide it. */
    private static RuntimeException recorded(AuditedChange change, AuditRecord outcome, RuntimeException why) {
        try {
            change.end(outcome);
        } catch (RuntimeException notKept) {
            LOG.error("recording audit entry failed entry={}", outcome, notKept);
            why.addSuppressed(notKept);
        }
        return why;
    }

    private static String word(RuntimeException failure) {
        return failure instanceof SmoException refused
                ? refused.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : FAILED;
    }
}
