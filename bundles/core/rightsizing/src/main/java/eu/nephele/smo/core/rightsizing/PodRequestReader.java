// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what pods ask for, and what of that their charts take from values. A system that is away leaves it unknown. */
final class PodRequestReader {

    private static final Logger LOG = LoggerFactory.getLogger(PodRequestReader.class);

    private final WorkloadPorts ports;

    PodRequestReader(WorkloadPorts ports) {
        this.ports = ports;
    }

    ChartRequests chart(Artifact artifact) {
        if (artifact.isImage()) {
            return ChartRequests.unknown(
                    "an image has no chart with a value 'resources': set its class in the descriptor, its containers get what that says");
        }
        String type = artifact.runtime().toLowerCase(Locale.ROOT);
        Optional<WorkloadDeployer> deployer = ports.deployers().apply(type);
        if (deployer.isEmpty()) {
            return ChartRequests.unknown(
                    "no deployer for artifacts of type %s is installed, so which values the chart takes is not known: try again when it is"
                            .formatted(type));
        }
        try {
            return deployer.get()
                    .defaultValues(artifact)
                    .map(defaults -> ChartRequests.read(artifact, defaults))
                    .orElseGet(() -> ChartRequests.unknown(
                            "the deployer of type %s does not tell which values the chart takes: set its requests and its class in the descriptor"
                                    .formatted(type)));
        } catch (AdapterException failed) {
            return ChartRequests.unknown(
                    "which values the chart takes is not known, try again later: %s".formatted(failed.getMessage()));
        }
    }

    /** Service → what each of its pods asks for; missing where that is not known, or while pods are being replaced. */
    Map<String, Resources> perPod(GraphId graph, Collection<String> services) {
        List<WorkloadRef> refs = services.stream()
                .map(service -> new WorkloadRef(graph, service))
                .toList();
        Map<String, List<OnCluster>> seen = new HashMap<>();
        for (WorkloadRuntime runtime : ports.runtimes().get()) {
            try {
                runtime.observe(refs)
                        .forEach((ref, observation) -> seen.computeIfAbsent(ref.service(), any -> new ArrayList<>())
                                .addAll(running(observation)));
            } catch (AdapterException failed) {
                LOG.debug(
                        "observing workloads failed graph={} reason=\"{}\"; their classes count",
                        graph,
                        failed.getMessage());
                return Map.of();
            }
        }
        Map<String, Resources> perPod = new HashMap<>();
        seen.forEach((service, there) -> each(there).ifPresent(asked -> perPod.put(service, asked)));
        return perPod;
    }

    private static List<OnCluster> running(WorkloadObservation observation) {
        return observation.byCluster().values().stream()
                .filter(on -> on.replicas() > 0 || on.desiredReplicas() > 0)
                .toList();
    }

    /** Pods of one revision are alike; where some are of another, or have no node yet, the sum says nothing of each. */
    private static Optional<Resources> each(List<OnCluster> clusters) {
        boolean settled = !clusters.isEmpty()
                && clusters.stream()
                        .allMatch(on -> on.waitsFor(on.desiredReplicas()).isEmpty());
        if (!settled) {
            return Optional.empty();
        }
        long pods = clusters.stream().mapToLong(OnCluster::replicas).sum();
        Resources all = clusters.stream().map(OnCluster::requested).reduce(Resources.NONE, Resources::plus);
        return Optional.of(new Resources(all.cpuMillis() / pods, all.memoryBytes() / pods, 0, 0));
    }
}
