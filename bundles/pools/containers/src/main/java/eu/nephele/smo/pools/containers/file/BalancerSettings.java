// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.file;

import java.util.Optional;

/**
 * The balancer.
 *
 * @param certPath file with certificate and key, there when {@code httpsEnabled}
 */
public record BalancerSettings(int statsPort, boolean httpsEnabled, Optional<String> certPath) {}
