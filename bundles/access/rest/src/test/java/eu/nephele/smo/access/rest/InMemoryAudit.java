// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditPart;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.audit.AuditService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain of entries in a list, in parts of two. */
final class InMemoryAudit implements AuditService {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final int PART = 2;

    private final List<AuditEntry> chain = new ArrayList<>();
    private volatile AuditQuery asked = AuditQuery.after(0);

    /** The last question. */
    AuditQuery asked() {
        return asked;
    }

    synchronized void add(String actor, String action, String outcome) {
        AuditHead head =
                chain.isEmpty() ? AuditHead.EMPTY : chain.get(chain.size() - 1).head();
        chain.add(AuditEntry.following(
                head,
                1,
                "id-" + head.sequence(),
                new AuditRecord(AT, actor, "10.0.0.1", action, "graph/shop/web", outcome, "c1")));
    }

    @Override
    public synchronized List<AuditEntry> entries(AuditQuery query, int limit, CallContext call) {
        asked = query;
        return chain.stream()
                .filter(entry -> entry.sequence() > query.after())
                .filter(entry -> query.actor()
                        .map(actor -> actor.equals(entry.content().principal()))
                        .orElse(true))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized AuditPart part(long after, CallContext call) {
        List<AuditEntry> next = chain.stream()
                .filter(entry -> entry.sequence() > after)
                .limit(PART)
                .toList();
        StringBuilder lines = new StringBuilder();
        next.forEach(
                entry -> lines.append("{\"sequence\":").append(entry.sequence()).append("}\n"));
        long last = next.isEmpty() ? after : next.get(next.size() - 1).sequence();
        return new AuditPart(lines.toString().getBytes(StandardCharsets.UTF_8), last, last < chain.size());
    }

    @Override
    public synchronized AuditState state(CallContext call) {
        AuditHead head =
                chain.isEmpty() ? AuditHead.EMPTY : chain.get(chain.size() - 1).head();
        return new AuditState(
                head,
                Optional.of(new AuditSeal(SealKind.HEAD, "7d2c", head, AT, "0011223344556677", "c2ln")),
                Optional.of(
                        new AuditSeal(SealKind.CHECKPOINT, "7d2c", AuditHead.EMPTY, AT, "0011223344556677", "c2ln")),
                0,
                List.of(new AnchorState("/elsewhere/heads", head.sequence(), "")));
    }

    @Override
    public List<AuditKey> keys(CallContext call) {
        return List.of(new AuditKey("0011223344556677", "a2V5", AT));
    }
}
