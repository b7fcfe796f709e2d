// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Set;

/**
 * A release as it shall be.
 *
 * @param key stable key of this effect
 * @param artifact what to install
 * @param values effective values: those of the artifact plus what the orchestrator adds (affinity, imports)
 * @param targets clusters the workload shall run on; empty for static placement, where the chart decides
 * @param replicas replicas to start with, for deployers that can pass them on
 * @param perReplica what one replica needs, for deployers that can pass it on
 * @param generation generation of the graph, a label
 * @param owner id of the installation that owns the release, a label
 * @param adopts fingerprints of releases of others that may be taken over; all others are left alone
 */
public record InstallRequest(
        StepKey key,
        Artifact artifact,
        JsonObject values,
        List<ClusterTarget> targets,
        int replicas,
        Resources perReplica,
        long generation,
        String owner,
        Set<String> adopts) {

    public InstallRequest {
        targets = List.copyOf(targets);
        adopts = Set.copyOf(adopts);
    }

    /** Digest of artifact and values: what {@link ReleaseState#digest} is while nobody else changes the release. */
    public String digest() {
        return ReleaseState.digestOf(artifact.reference(), values);
    }
}
