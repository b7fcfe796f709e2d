// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Optional;

/**
 * A cluster to act on.
 *
 * @param cluster who; adapters use the bare name
 * @param connection reference of the secret with the connection (see {@link SecretSource}); empty where the adapter's own
 *     connection reaches all clusters
 */
public record ClusterTarget(ClusterId cluster, Optional<String> connection) {

    public static ClusterTarget of(ClusterId cluster) {
        return new ClusterTarget(cluster, Optional.empty());
    }
}
