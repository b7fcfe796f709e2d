// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.ReleaseRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Releases in the world. A write there always makes a new revision, so this looks first and writes what differs only. */
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
        Optional<ReleaseRecord> present = client.find(Paths.release(ref), "Read the release of " + ref, RECORD)
                .filter(it -> isAsWanted(it, request));
        return present.map(ReleaseRecord::state)
                .orElseGet(() -> client.put(Paths.release(ref), request, "Install " + ref, STATE));
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        boolean others = state(key.workload())
                .filter(present -> !present.owner().equals(owner))
                .isPresent();
        if (others) {
            return;
        }
        client.delete(Paths.release(key.workload()), "Remove " + key.workload());
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        return client.find(Paths.release(workload), "Read the release of " + workload, RECORD)
                .map(ReleaseRecord::state);
    }

    @Override
    public List<ReleaseState> owned() {
        return client.get("/releases", "List releases", STATES);
    }

    private static boolean isAsWanted(ReleaseRecord present, InstallRequest wanted) {
        return present.key().equals(wanted.key().toString())
                && present.state().workload().equals(wanted.key().workload())
                && present.state().status() == ReleaseState.Status.DEPLOYED
                && present.state().owner().equals(wanted.owner())
                && present.state().digest().equals(wanted.digest())
                && present.targets().equals(new HashSet<>(wanted.targets()))
                && present.perReplica().equals(wanted.perReplica());
    }
}
