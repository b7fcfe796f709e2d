// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;

/** Services of the server around the adapter, as they are at the moment of the call. */
public interface Surroundings {

    /** Resolves a secret reference; empty if no source has the secret. */
    Optional<String> secret(String reference);

    /** The tenure of this server while it owns its database; empty on a standby. */
    Optional<Tenure> tenure();

    /** What distributes requests; empty where nothing does. */
    Optional<LoadBalancer> balancer();

    /** An unhealthy replica is being replaced: takes note of it, and hinders nothing. */
    void replaced(ClusterId server, WorkloadRef workload);

    /** Whether something may be begun on servers now. */
    default boolean mayAct() {
        return tenure().filter(held -> !held.left().isZero() && !held.left().isNegative())
                .isPresent();
    }
}
