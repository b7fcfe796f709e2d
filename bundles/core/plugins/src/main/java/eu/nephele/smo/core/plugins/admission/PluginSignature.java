// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.util.Optional;

/**
 * Assessment of the signature of a file.
 *
 * @param signer subject of the certificate that signed it; empty for none
 */
public record PluginSignature(SignatureState state, Optional<String> signer, String detail) {

    public enum SignatureState {
        /** not checked */
        UNKNOWN,
        /** every entry is signed by a signer in the trust store */
        TRUSTED,
        UNSIGNED,
        /** changed after it was signed */
        MODIFIED,
        /** signed by a signer who is not in the trust store */
        FOREIGN,
        /** signed with a certificate that is not valid any more, or not yet */
        EXPIRED
    }
}
