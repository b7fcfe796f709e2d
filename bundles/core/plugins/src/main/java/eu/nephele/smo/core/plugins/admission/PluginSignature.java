// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import java.util.Optional;

/**
 * Assessment of the signature of a file.
 *
 * @param signer name of the signer with its key, or subject of the certificate that signed it; empty for none
 * @param key fingerprint of the key that signed it; empty for none
 * @param scope what the signer may provide; {@code ANYTHING} where nobody has limited it
 */
public record PluginSignature(
        SignatureState state, Optional<String> signer, String detail, Optional<String> key, SignerScope scope) {

    public enum SignatureState {
        /** not checked */
        UNKNOWN,
        /** every entry is signed by a signer who is trusted */
        TRUSTED,
        UNSIGNED,
        /** changed after it was signed, or signed in a way that does not cover all of it */
        MODIFIED,
        /** signed by a signer who is not in the trust store */
        FOREIGN,
        /** signed with a certificate that is not valid any more, or not yet */
        EXPIRED,
        /** signed with a key that was revoked */
        REVOKED
    }

    static PluginSignature untrusted(SignatureState state, String detail) {
        return new PluginSignature(state, Optional.empty(), detail, Optional.empty(), SignerScope.ANYTHING);
    }
}
