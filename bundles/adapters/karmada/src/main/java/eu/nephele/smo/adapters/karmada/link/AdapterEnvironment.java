// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;

/** What the server around an adapter has for it. */
@FunctionalInterface
public interface AdapterEnvironment {

    /** The secret under a reference; empty when nobody has it. */
    Optional<String> secret(String reference);

    /** What this server held last; empty when it never owned a database, or runs without one. */
    default Optional<Tenure> tenure() {
        return Optional.empty();
    }
}
