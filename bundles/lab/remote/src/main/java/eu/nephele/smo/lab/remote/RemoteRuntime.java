// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.remote.wire.Messages.RemainsQuestion;
import eu.nephele.smo.lab.remote.wire.Messages.SharesWrite;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Workloads in the world, which compares and writes only differences. */
final class RemoteRuntime implements WorkloadRuntime {

    private static final TypeReference<List<WorkloadObservation>> OBSERVATIONS = new TypeReference<>() {};

    private final WorldClient client;
    private final ChangeFeed feed;

    RemoteRuntime(WorldClient client, ChangeFeed feed) {
        this.client = client;
        this.feed = feed;
    }

    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        WorkloadRef ref = key.workload();
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("Run %s: no share given, expected at least one".formatted(ref));
        }
        client.put(WorldPaths.ensured(WorldPaths.shares(ref)), new SharesWrite(key, shares), "Run " + ref);
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        if (workloads.isEmpty()) {
            return Map.of();
        }
        return byWorkload(client.post("/workloads/observe", workloads, "Observe workloads", OBSERVATIONS));
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        if (workloads.isEmpty()) {
            return Map.of();
        }
        RemainsQuestion question = new RemainsQuestion(List.copyOf(workloads), clusters);
        return byWorkload(client.post("/workloads/remains", question, "List remaining workloads", OBSERVATIONS));
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return feed.onWorkloads(onChange);
    }

    private static Map<WorkloadRef, WorkloadObservation> byWorkload(List<WorkloadObservation> answer) {
        Map<WorkloadRef, WorkloadObservation> observations = new HashMap<>();
        answer.forEach(observation -> observations.put(observation.workload(), observation));
        return observations;
    }
}
