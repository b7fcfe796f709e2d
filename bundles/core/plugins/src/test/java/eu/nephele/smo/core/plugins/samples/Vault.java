// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;

/** Connects an outside system that has to be configured; declared in the jar, not by an annotation. */
public class Vault implements SecretSource {
    @Override
    public Optional<String> resolve(String reference) {
        return Optional.empty();
    }
}
