// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit that is present at each call. Without one nothing is changed for a caller; what was refused, or was done already, is in
 * the log then.
 */
record InstalledTrail(Supplier<Optional<AuditTrail>> now) implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledTrail.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    @Override
    public void record(AuditRecord entry) {
        now.get().ifPresentOrElse(trail -> trail.record(entry), () -> missing(entry));
    }

    @Override
    public void note(AuditRecord entry) {
        now.get().ifPresentOrElse(trail -> trail.note(entry), () -> missing(entry));
    }

    private static void missing(AuditRecord entry) {
        LOG.error("audit trail unavailable entry={}", entry);
    }

    @Override
    public AuditedChange begin(AuditRecord intended) {
        return now.get()
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The change cannot be recorded: no audit is available; nothing was changed, try again."
                                + " /health/ready and the log say more",
                        Optional.of(SOON)))
                .begin(intended);
    }
}
