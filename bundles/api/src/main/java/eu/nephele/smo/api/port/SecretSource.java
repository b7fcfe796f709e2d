// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Resolves references to secrets at the moment of use: {@code file:PATH}, {@code env:NAME}, {@code k8s:NAMESPACE/NAME/KEY},
 * {@code vault:MOUNT/PATH#KEY}. Published with the property {@link #SCHEME}. One that asks another system has a time-out of its own,
 * and a {@link SecretCache}: it is called within calls of others.
 */
@ConsumerType
public interface SecretSource {

    /** Service property (String+, required): the schemes it resolves, without colon. */
    String SCHEME = "smo.secret.scheme";

    /**
     * The secret; empty when there is none under that reference, or the reference has another scheme. The caller keeps it no longer than
     * it needs it.
     *
     * @throws AdapterException it cannot be read; the message names the reference and never a secret
     */
    Optional<String> resolve(String reference);

    /** The secret of the first that knows it: several sources may share a scheme. */
    static Optional<String> first(Collection<? extends SecretSource> sources, String reference) {
        return sources.stream()
                .flatMap(source -> source.resolve(reference).stream())
                .findFirst();
    }
}
