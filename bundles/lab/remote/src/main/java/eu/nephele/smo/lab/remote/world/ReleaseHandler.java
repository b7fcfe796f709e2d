// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

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
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes releases as Helm does: without a comparison. Counts writes without a change under the same key: an action was
 * done twice. Calls that ensure a release are compared here, and write nothing when it is as requested. The lock makes
 * comparison and write atomic.
 */
final class ReleaseHandler {

    private final SimulatedFederation federation;
    private final WriteCounter book;
    private final Map<WorkloadRef, WrittenRelease> written = new HashMap<>();
    private final Map<WorkloadRef, StepKey> sharesWritten = new HashMap<>();

    /** @param digest of the request, cached because it is read often and values can be large */
    private record WrittenRelease(InstallRequest request, String digest) {
        static WrittenRelease from(InstallRequest request) {
            return new WrittenRelease(request, request.digest());
        }

        WorkloadRef workload() {
            return request.key().workload();
        }
    }

    ReleaseHandler(SimulatedFederation federation, WriteCounter book) {
        this.federation = federation;
        this.book = book;
    }

    synchronized ReleaseState write(InstallRequest request) {
        WrittenRelease wanted = WrittenRelease.from(request);
        boolean same = asWanted(wanted).isPresent();
        ReleaseState state = put(wanted);
        if (same) {
            book.doubled("release " + request.key());
        }
        return state;
    }

    /** Writes when anything of the release differs, its key included. */
    synchronized ReleaseState ensure(InstallRequest request) {
        WrittenRelease wanted = WrittenRelease.from(request);
        return asWanted(wanted).map(ReleaseRecord::state).orElseGet(() -> put(wanted));
    }

    private ReleaseState put(WrittenRelease wanted) {
        ReleaseState state = federation.write(wanted.request());
        book.release();
        written.put(wanted.workload(), wanted);
        return state;
    }

    /**
     * @param owner required owner; a release of another one stays. Empty for any owner
     * @return whether the release exists
     */
    synchronized boolean remove(StepKey key, Optional<String> owner) {
        Optional<ReleaseState> state = federation.deployer().state(key.workload());
        state.filter(release -> owner.map(release.owner()::equals).orElse(true)).ifPresent(release -> {
            federation.deployer().ensureRemoved(key, release.owner());
            written.remove(key.workload());
            sharesWritten.remove(key.workload());
            book.removal();
        });
        return state.isPresent();
    }

    synchronized void share(StepKey key, List<Share> shares) {
        WorkloadRef ref = key.workload();
        boolean same = key.equals(sharesWritten.get(ref)) && runsLike(ref, shares);
        put(key, shares);
        if (same) {
            book.doubled("shares " + key);
        }
    }

    /** Writes when other replicas run, or on other clusters; equal shares under another key are not written again. */
    synchronized void ensureShares(StepKey key, List<Share> shares) {
        if (!runsLike(key.workload(), shares)) {
            put(key, shares);
        }
    }

    private void put(StepKey key, List<Share> shares) {
        federation.runtime().ensureShares(key, shares);
        book.shares();
        sharesWritten.put(key.workload(), key);
    }

    synchronized Optional<ReleaseRecord> find(WorkloadRef ref) {
        return federation.deployer().state(ref).map(state -> record(state, Optional.ofNullable(written.get(ref))));
    }

    synchronized List<ReleaseReport> report(WorldSnapshot snapshot) {
        return snapshot.releases().stream()
                .map(it ->
                        release(it, Optional.ofNullable(written.get(it.state().workload()))))
                .toList();
    }

    private static ReleaseReport release(WorldSnapshot.ReleaseSnapshot present, Optional<WrittenRelease> last) {
        ReleaseRecord record = record(present.state(), last);
        return new ReleaseReport(
                present.state().workload(),
                present.state().revision(),
                record.key(),
                present.chart(),
                last.map(it -> it.request().values()).orElse(JsonObject.EMPTY),
                present.replicas(),
                present.readyReplicas(),
                present.message());
    }

    /** The key counts only while the release is unchanged since that write. */
    private static ReleaseRecord record(ReleaseState state, Optional<WrittenRelease> last) {
        Optional<InstallRequest> request = last.map(WrittenRelease::request);
        return new ReleaseRecord(
                state,
                last.filter(it -> it.digest().equals(state.digest()))
                        .map(it -> it.request().key().toString())
                        .orElse(""),
                request.map(it -> new HashSet<>(it.targets())).orElseGet(HashSet::new),
                request.map(InstallRequest::perReplica).orElse(Resources.NONE),
                request.map(InstallRequest::generation).orElse(0L));
    }

    /** The release when it has the requested state already, under that key. */
    private Optional<ReleaseRecord> asWanted(WrittenRelease wanted) {
        InstallRequest request = wanted.request();
        return find(wanted.workload())
                .filter(present -> present.key().equals(request.key().toString())
                        && present.state().digest().equals(wanted.digest())
                        && present.state().owner().equals(request.owner())
                        && present.targets().equals(new HashSet<>(request.targets()))
                        && present.perReplica().equals(request.perReplica()));
    }

    /** Pods that are ending are not part of the desired state. */
    private boolean runsLike(WorkloadRef ref, List<Share> shares) {
        Map<ClusterId, Integer> wanted = new HashMap<>();
        shares.forEach(share -> wanted.put(share.cluster(), share.replicas()));
        wanted.values().removeIf(count -> count == 0);
        return Optional.ofNullable(federation.runtime().observe(List.of(ref)).get(ref))
                .filter(present -> running(present).equals(wanted))
                .isPresent();
    }

    private static Map<ClusterId, Integer> running(WorkloadObservation present) {
        Map<ClusterId, Integer> replicas = new HashMap<>();
        present.byCluster().forEach((cluster, on) -> replicas.put(cluster, on.desiredReplicas()));
        replicas.values().removeIf(count -> count == 0);
        return replicas;
    }
}
