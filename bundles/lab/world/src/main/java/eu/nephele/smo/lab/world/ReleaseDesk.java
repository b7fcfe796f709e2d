// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.ReleaseRecord;
import eu.nephele.smo.lab.simulator.SimulatedFederation;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.world.WorldReport.Release;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes writes of releases as Helm does: without looking whether they change anything. Notes those that do not, under the same
 * key: somebody has done a thing twice. The lock makes comparing and writing one.
 */
final class ReleaseDesk {

    private final SimulatedFederation federation;
    private final WriteBook book;
    private final Map<WorkloadRef, InstallRequest> written = new HashMap<>();
    private final Map<WorkloadRef, StepKey> sharesWritten = new HashMap<>();

    ReleaseDesk(SimulatedFederation federation, WriteBook book) {
        this.federation = federation;
        this.book = book;
    }

    synchronized ReleaseState write(InstallRequest request) {
        WorkloadRef ref = request.key().workload();
        boolean same = find(ref).filter(present -> isSame(present, request)).isPresent();
        ReleaseState state = federation.write(request);
        book.release();
        if (same) {
            book.doubled("release " + request.key());
        }
        written.put(ref, request);
        return state;
    }

    /** @return whether there was anything to remove */
    synchronized boolean remove(StepKey key) {
        Optional<ReleaseState> state = federation.deployer().state(key.workload());
        boolean present = state.isPresent();
        state.ifPresent(release -> federation.deployer().ensureRemoved(key, release.owner()));
        written.remove(key.workload());
        sharesWritten.remove(key.workload());
        if (present) {
            book.removal();
        }
        return present;
    }

    synchronized void share(StepKey key, List<Share> shares) {
        WorkloadRef ref = key.workload();
        boolean same = key.equals(sharesWritten.get(ref)) && wanted(shares).equals(running(ref));
        federation.runtime().ensureShares(key, shares);
        book.shares();
        if (same) {
            book.doubled("shares " + key);
        }
        sharesWritten.put(ref, key);
    }

    synchronized Optional<ReleaseRecord> find(WorkloadRef ref) {
        return federation.deployer().state(ref).map(state -> record(state, Optional.ofNullable(written.get(ref))));
    }

    /** All releases, each with what was written into it last. */
    synchronized List<Release> report(WorldSnapshot snapshot) {
        return snapshot.releases().stream()
                .map(it ->
                        release(it, Optional.ofNullable(written.get(it.state().workload()))))
                .toList();
    }

    private static Release release(WorldSnapshot.Release present, Optional<InstallRequest> last) {
        ReleaseRecord record = record(present.state(), last);
        return new Release(
                present.state().workload(),
                present.state().revision(),
                record.key(),
                present.chart(),
                last.map(InstallRequest::values).orElse(JsonObject.EMPTY),
                present.replicas(),
                present.readyReplicas(),
                present.message());
    }

    /** The key counts only while the release is as that write left it. */
    private static ReleaseRecord record(ReleaseState state, Optional<InstallRequest> last) {
        Optional<InstallRequest> valid = last.filter(it -> it.digest().equals(state.digest()));
        return new ReleaseRecord(
                state,
                valid.map(it -> it.key().toString()).orElse(""),
                last.map(it -> new HashSet<>(it.targets())).orElseGet(HashSet::new),
                last.map(InstallRequest::perReplica).orElse(Resources.NONE),
                last.map(InstallRequest::generation).orElse(0L));
    }

    private static boolean isSame(ReleaseRecord present, InstallRequest request) {
        return present.key().equals(request.key().toString())
                && present.state().digest().equals(request.digest())
                && present.state().owner().equals(request.owner())
                && present.targets().equals(new HashSet<>(request.targets()))
                && present.perReplica().equals(request.perReplica());
    }

    private static Map<ClusterId, Integer> wanted(List<Share> shares) {
        Map<ClusterId, Integer> replicas = new HashMap<>();
        shares.forEach(share -> replicas.put(share.cluster(), share.replicas()));
        replicas.values().removeIf(count -> count == 0);
        return replicas;
    }

    /** Without pods that only have to end yet. */
    private Map<ClusterId, Integer> running(WorkloadRef ref) {
        Map<ClusterId, Integer> replicas = new HashMap<>();
        WorkloadObservation present = federation.runtime().observe(List.of(ref)).get(ref);
        if (present != null) {
            present.byCluster().forEach((cluster, on) -> replicas.put(cluster, on.desiredReplicas()));
        }
        replicas.values().removeIf(count -> count == 0);
        return replicas;
    }
}
