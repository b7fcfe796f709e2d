// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.util.Map;

/**
 * Effective configuration of the owner, for comparison only: digests in the place of values.
 *
 * @param salt goes into each digest
 * @param digests by PID and name of the property
 */
public record EffectiveConfiguration(String salt, Map<String, Map<String, String>> digests) {

    public EffectiveConfiguration {
        digests = Map.copyOf(digests);
    }
}
