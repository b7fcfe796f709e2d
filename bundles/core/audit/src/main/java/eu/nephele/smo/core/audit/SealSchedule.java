// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.audit.AuditService.AnchorState;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the head of the chain and hands it to all anchors. One that fails gets the present head the next time. */
final class SealSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(SealSchedule.class);

    private final AuditStore store;
    private final SealSigner signer;
    private final String installation;
    private final Map<String, SealAnchor> anchors;
    private final Clock clock;
    private final Map<String, AnchorState> states = new ConcurrentHashMap<>();
    private Optional<AuditSeal> last = Optional.empty();
    private volatile Instant complete;

    /** @param anchors by their place */
    SealSchedule(
            AuditStore store, SealSigner signer, String installation, Map<String, SealAnchor> anchors, Clock clock) {
        this.store = store;
        this.signer = signer;
        this.installation = installation;
        this.anchors = new LinkedHashMap<>(anchors);
        this.clock = clock;
        this.complete = clock.instant();
        anchors.keySet().forEach(place -> states.put(place, new AnchorState(place, 0, "")));
    }

    AuditStore store() {
        return store;
    }

    AuditSeal checkpoint(AuditHead head) {
        return signer.sign(SealKind.CHECKPOINT, installation, head, clock.instant());
    }

    /**
     * Signs the head if it is new, and anchors it where it is not yet.
     *
     * @return how many anchors have failed
     */
    synchronized int run() {
        AuditHead head = store.head();
        if (head.sequence() == 0) {
            return 0;
        }
        AuditSeal seal = last.filter(known -> known.head().equals(head)).orElseGet(() -> {
            AuditSeal fresh = signer.sign(SealKind.HEAD, installation, head, clock.instant());
            store.seal(fresh);
            return fresh;
        });
        last = Optional.of(seal);
        int failed = 0;
        for (Map.Entry<String, SealAnchor> anchor : anchors.entrySet()) {
            failed += isAnchored(anchor.getKey(), anchor.getValue(), seal) ? 0 : 1;
        }
        if (failed == 0) {
            complete = clock.instant();
        }
        return failed;
    }

    private boolean isAnchored(String place, SealAnchor anchor, AuditSeal seal) {
        AnchorState before = states.getOrDefault(place, new AnchorState(place, 0, ""));
        if (before.failure().isEmpty() && before.sequence() == seal.head().sequence()) {
            return true;
        }
        try {
            anchor.put(seal);
            if (!before.failure().isEmpty()) {
                LOG.info("audit is anchored again anchor={}", place);
            }
            states.put(place, new AnchorState(place, seal.head().sequence(), ""));
            return true;
        } catch (IOException | RuntimeException e) {
            if (before.failure().isEmpty()) {
                LOG.error("anchoring the audit failed anchor={} reason=\"{}\"; retrying", place, e.toString());
            }
            states.put(place, new AnchorState(place, before.sequence(), e.toString()));
            return false;
        }
    }

    /** How long ago all anchors had the head. */
    Duration age() {
        return Duration.between(complete, clock.instant());
    }

    List<AnchorState> states() {
        return anchors.keySet().stream().map(states::get).toList();
    }
}
