// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.util.Collection;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Distributes requests over the replicas of services, where nothing on the clusters does it: plain servers with a container engine.
 * All methods are idempotent; failures are {@link AdapterException}s.
 */
@Port(name = "load-balancer")
@ConsumerType
public interface LoadBalancer {

    /**
     * Makes the backend of this workload exist with exactly these members. One that is not named any more, or is draining, gets no new
     * requests; one that is not named goes once its requests are answered, at the latest after {@link Backend#drain}.
     *
     * @param owner id of the installation that owns the backend; that of another one is left alone
     * @return what is there after this call; a member that is leaving is told until it is gone
     * @throws AdapterException {@code CONFLICT} when the backend, or its port, is somebody else's
     */
    @Idempotent
    BackendStatus ensureBackend(StepKey key, String owner, Backend backend);

    /**
     * Makes the backend not exist. Absent already: nothing happens. That of another installation stays.
     *
     * @param owner id of the installation that wants it away
     */
    @Idempotent
    void ensureRemoved(StepKey key, String owner);

    /**
     * The backends as they are, in one call.
     *
     * @return one entry per workload that has a backend here
     */
    @Idempotent
    @OnStandby
    Map<WorkloadRef, BackendStatus> observe(Collection<WorkloadRef> workloads);
}
