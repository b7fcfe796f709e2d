// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Release installed under one name in one namespace, with its pods per cluster. Guarded by the lock of the world. */
final class InstalledRelease {

    private final WorkloadRef ref;
    private final Instant since;
    private final Map<String, List<Pod>> podsByCluster = new TreeMap<>();
    private ReleaseContent content;
    private StepKey writer;
    private long assignment;
    private String owner;
    private int revision;
    private int template = 1;

    /** Content of a release; equal contents need no change. Values can be large, so only their digest is kept. */
    private record ReleaseContent(String chart, String digest, Set<ClusterTarget> targets, Resources perReplica) {

        static ReleaseContent from(InstallRequest request) {
            return new ReleaseContent(
                    request.artifact().reference(),
                    request.digest(),
                    new HashSet<>(request.targets()),
                    request.perReplica());
        }

        boolean hasSamePods(ReleaseContent other) {
            return chart.equals(other.chart) && perReplica.equals(other.perReplica);
        }
    }

    InstalledRelease(InstallRequest request, Instant now) {
        ref = request.key().workload();
        since = now;
        content = ReleaseContent.from(request);
        writer = request.key();
        assignment = writer.assignment();
        owner = request.owner();
        revision = 1;
    }

    WorkloadRef ref() {
        return ref;
    }

    Instant since() {
        return since;
    }

    String chart() {
        return content.chart();
    }

    /** Number of the pod template, from 1. */
    int template() {
        return template;
    }

    Resources perReplica() {
        return content.perReplica();
    }

    boolean isMadeOf(InstallRequest request) {
        return content.equals(ReleaseContent.from(request));
    }

    /** Returns whether the same step wrote the same before. */
    boolean wasWrittenBy(InstallRequest request) {
        ReleaseContent other = ReleaseContent.from(request);
        return writer.equals(request.key())
                && content.digest().equals(other.digest())
                && content.targets().equals(other.targets());
    }

    boolean isOwnedBy(String installation) {
        return owner.equals(installation);
    }

    /** Changes the values, as another actor would. */
    void tamper() {
        revision++;
        JsonObject foreign = JsonObject.EMPTY.with("changedBySomebodyElse", JsonNumber.of(revision));
        content = new ReleaseContent(
                content.chart(),
                ReleaseState.digestOf(content.chart(), foreign),
                content.targets(),
                content.perReplica());
    }

    boolean needsNewPods(InstallRequest request) {
        return !content.hasSamePods(ReleaseContent.from(request));
    }

    void upgrade(InstallRequest request) {
        template += needsNewPods(request) ? 1 : 0;
        content = ReleaseContent.from(request);
        adoptedBy(request);
        revision++;
    }

    /** Notes a change of its replicas. */
    void scaledBy(StepKey key) {
        assignment = key.assignment();
        revision++;
    }

    /** Notes the step that wrote the release as it is. */
    void adoptedBy(InstallRequest request) {
        writer = request.key();
        assignment = writer.assignment();
        owner = request.owner();
    }

    /** By cluster on which a part of it runs, in name order. */
    Map<String, List<Pod>> podsByCluster() {
        return podsByCluster;
    }

    Collection<Pod> pods() {
        return podsByCluster.values().stream().flatMap(List::stream).toList();
    }

    int readyReplicas() {
        return (int) pods().stream().filter(Pod::isReady).count();
    }

    ReleaseState state() {
        return new ReleaseState(ref, assignment, revision, ReleaseState.Status.DEPLOYED, owner, content.digest(), "");
    }
}
