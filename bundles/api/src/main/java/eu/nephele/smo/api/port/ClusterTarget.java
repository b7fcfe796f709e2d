// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Optional;

/**
 * A cluster to act on.
 *
 * @param cluster who; adapters use the bare name
 * @param connection {@code REFERENCE} or {@code REFERENCE#CONTEXT}: reference of a secret (see {@link SecretSource}) that is a
 *     kubeconfig, and the context in it where that is not its current one. Clusters with the same connection are reached through
 *     one control plane, which spreads what is put there. Empty where the adapter's own connection reaches all clusters
 */
public record ClusterTarget(ClusterId cluster, Optional<String> connection) {

    public static ClusterTarget of(ClusterId cluster) {
        return new ClusterTarget(cluster, Optional.empty());
    }
}
