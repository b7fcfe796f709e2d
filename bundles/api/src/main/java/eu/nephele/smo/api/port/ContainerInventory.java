// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The single containers of workloads on plain servers, and the engines that run them, for people. Published with the property
 * {@link ClusterId#SOURCE}. Failures are {@link AdapterException}s.
 */
@Port(name = "containers", chosenBy = ClusterId.SOURCE, system = ClusterId.SOURCE)
@ConsumerType
public interface ContainerInventory {

    /**
     * The containers of these workloads, in one call. Of a server that cannot be asked now, those that were seen last.
     *
     * @return one entry per workload that has any, in the order of server and creation
     */
    @Idempotent
    @OnStandby
    Map<WorkloadRef, List<WorkloadContainer>> containers(Collection<WorkloadRef> workloads);

    /** All engines, in the order of their servers; one that cannot be asked has a {@link EngineSummary#failure}. */
    @Idempotent
    @OnStandby
    List<EngineSummary> engines();

    /**
     * The last of what a container has written, also of one that has ended.
     *
     * @param container its id, of one of our containers
     * @param lines at most so many, 1 or more
     * @param maxBytes at most so many bytes of UTF-8, 1 or more: what is older is left out
     * @throws AdapterException {@code NOT_FOUND} when the server has no such container of ours
     */
    @Idempotent
    @OnStandby
    List<String> log(ClusterId server, String container, int lines, int maxBytes);
}
