// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes services reachable across clusters, where charts do not do it themselves. Idempotent; failures are {@link AdapterException}s. */
@Port(name = "network")
@ConsumerType
public interface NetworkFabric {

    /**
     * Exports the service from the clusters it runs on and imports it on those of its callers; replaces what was before.
     *
     * @param exportedFrom clusters the service runs on
     * @param importedBy clusters of the services that call it, without duplicates
     */
    @Idempotent
    void ensureReachable(StepKey key, Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy);

    /**
     * Returns, from memory, the obstacles that keep services from being reached across these clusters whatever is done here:
     * something that clusters lack, for example.
     *
     * @param exportedFrom clusters a service runs on
     * @param importedBy clusters of the services that call it
     * @return for people, with what to do; empty when nothing is known to
     */
    @NonBlocking
    default List<String> obstacles(Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy) {
        return List.of();
    }

    /** Takes exports and imports of the service away. */
    @Idempotent
    void remove(StepKey key);

    /** Addresses of pods and services per cluster, for people; empty where nothing is known. */
    @StaleIfError
    @OnStandby
    List<ClusterNetwork> networks();

    /**
     * @param podCidr address range of pods
     * @param serviceCidr address range of services
     */
    record ClusterNetwork(ClusterId cluster, String podCidr, String serviceCidr) {}
}
