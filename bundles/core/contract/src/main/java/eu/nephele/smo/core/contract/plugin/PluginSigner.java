// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody whose plugins this server takes.
 *
 * @param name lower-case letters, digits, dots and hyphens; at most 60
 * @param scope what its plugins may provide
 * @param keys at least one; several are valid at the same time while one takes over from another
 */
public record PluginSigner(String name, SignerScope scope, List<SignerKey> keys) {

    public PluginSigner {
        keys = List.copyOf(keys);
    }

    /** What plugins of a signer may provide; each includes the one before. */
    public enum SignerScope {
        /** strategies, objectives, forecasters and intents, as declared components: nothing that acts by itself */
        STRATEGIES,
        /** any service, also by code that runs at its start: adapters, kinds of resources */
        ADAPTERS,
        /** bundles of the product, too */
        ANYTHING
    }

    /**
     * @param fingerprint hex SHA-256 of the public key, the same for each certificate of that key
     * @param certificate PEM; its validity is that of the key
     * @param subject of the certificate
     * @param from beginning of the validity
     * @param until end of the validity; what has a trusted time stamp from before stays valid
     * @param revocation a revoked key stays revoked
     */
    public record SignerKey(
            String fingerprint,
            String certificate,
            String subject,
            Instant from,
            Instant until,
            Optional<KeyRevocation> revocation) {}

    /** @param reason for people; "" for none */
    public record KeyRevocation(Instant at, String reason) {}
}
