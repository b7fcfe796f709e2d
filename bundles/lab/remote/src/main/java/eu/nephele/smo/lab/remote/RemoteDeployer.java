// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.ReleaseRecord;
import java.util.List;
import java.util.Optional;

/** Releases in the world, which compares and writes only differences. */
final class RemoteDeployer implements WorkloadDeployer {

    private static final TypeReference<ReleaseRecord> RECORD = new TypeReference<>() {};
    private static final TypeReference<ReleaseState> STATE = new TypeReference<>() {};
    private static final TypeReference<List<ReleaseState>> STATES = new TypeReference<>() {};

    private final WorldClient client;

    RemoteDeployer(WorldClient client) {
        this.client = client;
    }

    @Override
    public ReleaseState ensureInstalled(InstallRequest request) {
        WorkloadRef ref = request.key().workload();
        return client.put(WorldPaths.ensured(WorldPaths.release(ref)), request, "Install " + ref, STATE);
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        client.delete(
                WorldPaths.release(key.workload()) + "?owner=" + WorldPaths.encoded(owner), "Remove " + key.workload());
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        return client.find(WorldPaths.release(workload), "Read the release of " + workload, RECORD)
                .map(ReleaseRecord::state);
    }

    @Override
    public List<ReleaseState> owned() {
        return client.get("/releases", "List releases", STATES);
    }
}
