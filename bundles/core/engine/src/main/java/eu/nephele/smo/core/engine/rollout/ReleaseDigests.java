// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.port.WorkloadRef;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Digests of releases: values may be large, and each pass needs to know whether they have changed. */
final class ReleaseDigests {

    /** Cache of digests of what is stored, found again by working them out. */
    private final Map<WorkloadRef, KnownDigest> known = new ConcurrentHashMap<>();

    /** @param graph as it was read; its reader keeps it, not this class */
    private record KnownDigest(
            WeakReference<Graph> graph, List<ClusterId> clusters, List<ClusterId> imports, String digest) {

        boolean answers(Graph asked, List<ClusterId> onClusters, List<ClusterId> imported) {
            return graph.refersTo(asked) && clusters.equals(onClusters) && imports.equals(imported);
        }
    }

    /** @param imports clusters where its exports are used */
    String compute(
            WorkloadRef workload,
            Graph graph,
            List<ClusterId> clusters,
            List<ClusterId> imports,
            Supplier<String> worked) {
        KnownDigest last = known.get(workload);
        if (last != null && last.answers(graph, clusters, imports)) {
            return last.digest();
        }
        String digest = worked.get();
        known.put(workload, new KnownDigest(new WeakReference<>(graph), clusters, imports, digest));
        return digest;
    }

    void forget(WorkloadRef workload) {
        known.remove(workload);
    }
}
