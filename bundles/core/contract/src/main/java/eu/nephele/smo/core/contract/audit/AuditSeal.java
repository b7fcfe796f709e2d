// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * A signed statement on the chain at one moment. The signature (Ed25519, base64) is over the UTF-8 lines {@code smo-audit-head-1} or
 * {@code smo-audit-checkpoint-1}, installation, sequence, epoch, hash, and microseconds since 1970, each ended by a line feed.
 *
 * @param kind what it states
 * @param installation id of the installation, the same for the life of its database
 * @param head the end of the chain, or where what was removed ends
 * @param at when it was signed
 * @param key id of the key: see {@link AuditKey}
 * @param signature base64
 */
public record AuditSeal(SealKind kind, String installation, AuditHead head, Instant at, String key, String signature) {

    /** What a seal states. */
    public enum SealKind {
        /** the chain reached so far */
        HEAD,
        /** everything up to here was removed on purpose; the chain goes on with the next entry */
        CHECKPOINT
    }

    /** The bytes that are signed. */
    public byte[] signed() {
        return String.join(
                        "\n",
                        "smo-audit-%s-1".formatted(kind.name().toLowerCase(Locale.ROOT)),
                        installation,
                        Long.toString(head.sequence()),
                        Long.toString(head.epoch()),
                        head.hash(),
                        Long.toString(AuditEncoding.micros(at)),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same with its signature. */
    public AuditSeal with(String ofKey) {
        return new AuditSeal(kind, installation, head, at, key, ofKey);
    }
}
