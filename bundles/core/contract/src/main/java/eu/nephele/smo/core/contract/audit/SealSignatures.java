// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the signatures of seals by keys that are trusted. All seals of one chain are of one installation. */
final class SealSignatures {

    private final Map<String, AuditKey> trusted = new HashMap<>();
    private final Map<String, PublicKey> read = new HashMap<>();
    private Optional<String> installation = Optional.empty();

    SealSignatures(List<AuditKey> keys) {
        keys.forEach(key -> trusted.put(key.id(), key));
    }

    /** Why a seal proves nothing; empty when it does. */
    Optional<String> why(AuditSeal seal) {
        if (!trusted.containsKey(seal.key())) {
            return Optional.of("a seal is signed by the key %s, which is not trusted".formatted(seal.key()));
        }
        if (installation.filter(known -> !known.equals(seal.installation())).isPresent()) {
            return Optional.of("a seal is of the installation %s, others are of %s"
                    .formatted(seal.installation(), installation.get()));
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key(seal.key()));
            signature.update(seal.signed());
            if (signature.verify(Base64.getDecoder().decode(seal.signature()))) {
                installation = Optional.of(seal.installation());
                return Optional.empty();
            }
            return Optional.of("the signature of a seal is wrong");
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Optional.of("the signature of a seal cannot be read: %s".formatted(unreadable.getMessage()));
        }
    }

    private PublicKey key(String id) throws GeneralSecurityException {
        PublicKey known = read.get(id);
        if (known != null) {
            return known;
        }
        PublicKey key = Optional.ofNullable(trusted.get(id))
                .orElseThrow(() -> new GeneralSecurityException("unknown key"))
                .key();
        read.put(id, key);
        return key;
    }
}
