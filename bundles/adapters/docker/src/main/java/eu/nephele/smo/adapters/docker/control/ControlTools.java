// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;

/** What all controls share. */
record ControlTools(
        ServerFleet fleet,
        ReplicaPhases phases,
        Backends backends,
        Installer installer,
        Drafts drafts,
        Surroundings surroundings,
        OwnerFence fence) {

    boolean isInstalling(DockerServer server, WorkloadRef workload) {
        return installer
                .present(server, workload)
                .filter(installation -> !installation.done().isDone())
                .isPresent();
    }
}
