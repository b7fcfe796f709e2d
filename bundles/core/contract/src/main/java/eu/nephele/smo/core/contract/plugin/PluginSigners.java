// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import java.util.List;
import java.util.Optional;

/**
 * Whose plugins this server takes. Kept with the list of plugins, so that a standby has the same. Methods throw {@link
 * eu.nephele.smo.api.runtime.SmoException}.
 */
public interface PluginSigners {

    /** Kind of resources under which a signer is named: for rights and the audit. */
    String KIND = "signer";

    /** By name. */
    List<PluginSigner> signers(CallContext call);

    /**
     * Adds a key to a signer, who is made with the first one. The same key again changes its certificate only.
     *
     * @param scope changes what the signer may provide; empty to leave it, or {@code STRATEGIES} for a new one
     * @param certificate PEM with one certificate
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} for a bad name or certificate; {@code CONFLICT}
     *     when the key is another signer's, or revoked
     */
    PluginSigner trust(String name, Optional<SignerScope> scope, String certificate, CallContext call);

    /**
     * Revokes a key for good: whatever it has signed is refused from now on, also after a restart.
     *
     * @param fingerprint of the key, or its first 12 or more digits
     * @param stop also stop the running plugins that it has signed
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}
     */
    RevokedSigner revoke(String name, String fingerprint, String reason, boolean stop, CallContext call);

    /**
     * @param running plugins that this key has signed and that still run: {@code id version}
     * @param stopped those that were stopped
     */
    record RevokedSigner(PluginSigner signer, List<String> running, List<String> stopped) {
        public RevokedSigner {
            running = List.copyOf(running);
            stopped = List.copyOf(stopped);
        }
    }
}
