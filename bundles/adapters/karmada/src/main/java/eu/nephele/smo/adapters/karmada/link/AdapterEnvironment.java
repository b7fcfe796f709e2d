// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;

/** Services of the server around an adapter. */
@FunctionalInterface
public interface AdapterEnvironment {

    /** Resolves a secret reference; empty if no source has the secret. */
    Optional<String> secret(String reference);

    /** Returns the latest tenure of this server; empty if it never owned a database, or runs without one. */
    default Optional<Tenure> tenure() {
        return Optional.empty();
    }
}
