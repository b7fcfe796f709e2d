// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.port.InfrastructureProvider;

/**
 * A provider that is there.
 *
 * @param identity another one for each provider that ever takes this one's place
 */
public record ProviderInstance(InfrastructureProvider provider, long identity) {}
