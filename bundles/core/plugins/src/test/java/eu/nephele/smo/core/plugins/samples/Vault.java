// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;

/** Connects an outside system that somebody has to configure; the jar says so, not an annotation. */
public class Vault implements SecretSource {
    @Override
    public Optional<String> resolve(String reference) {
        return Optional.empty();
    }
}
