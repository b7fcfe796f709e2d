// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Resolves references to secrets at the moment of use: {@code file:PATH}, {@code env:NAME}. Published with the property
 * {@link #SCHEME}.
 */
@ConsumerType
public interface SecretSource {

    /** Service property (String+, required): the schemes it resolves, without colon. */
    String SCHEME = "smo.secret.scheme";

    /** The secret; empty when there is none under that reference. The caller keeps it no longer than it needs it. */
    Optional<String> resolve(String reference);
}
