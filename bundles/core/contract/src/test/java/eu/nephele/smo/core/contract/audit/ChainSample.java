// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A chain with a key that signs its heads. */
final class ChainSample {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00.123456Z");

    private final KeyPair pair;
    final AuditKey key;

    ChainSample() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
        key = AuditKey.from(pair.getPublic(), NOON);
    }

    /** Entries of epoch 1, behind a head. */
    static List<AuditEntry> behind(AuditHead head, int count, String actor) {
        List<AuditEntry> entries = new ArrayList<>();
        AuditHead end = head;
        for (int i = 0; i < count; i++) {
            AuditEntry next = AuditEntry.following(
                    end, Math.max(1, head.epoch()), "id" + (end.sequence() + 1), content(actor, i));
            entries.add(next);
            end = next.head();
        }
        return entries;
    }

    static AuditRecord content(String actor, int number) {
        return new AuditRecord(
                NOON.plusSeconds(number), actor, "10.0.0.1", "graph.deploy", "graph/p/g" + number, "accepted", "c");
    }

    AuditSeal seal(SealKind kind, AuditHead head, String installation) {
        return seal(kind, head, installation, NOON.plusSeconds(9));
    }

    AuditSeal seal(SealKind kind, AuditHead head, String installation, Instant at) {
        AuditSeal open = new AuditSeal(kind, installation, head, at, key.id(), "");
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(open.signed());
            return open.with(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    AuditSeal head(AuditEntry entry) {
        return seal(SealKind.HEAD, entry.head(), "here");
    }
}
