// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.remote.world.WorldReport;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.remote.world.WriteReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The world, grouped for the judge. */
final class ObservedWorld {

    private final WorldReport report;
    private final List<ChaosFinding> strays;
    private final Map<WorkloadRef, ReleaseReport> releases = new TreeMap<>();

    ObservedWorld(WorldReport report) {
        this(report, List.of());
    }

    /** @param strays objects that no promise can justify */
    ObservedWorld(WorldReport report, List<ChaosFinding> strays) {
        this.report = report;
        this.strays = List.copyOf(strays);
        report.releases().forEach(release -> releases.put(release.workload(), release));
    }

    Set<WorkloadRef> releases() {
        return releases.keySet();
    }

    Collection<RuleRecord> rules() {
        return report.rules();
    }

    Optional<ReleaseReport> release(WorkloadRef ref) {
        return Optional.ofNullable(releases.get(ref));
    }

    /** Cluster → pods, ready or not, without clusters where nothing runs. */
    Map<String, Integer> pods(WorkloadRef ref) {
        Map<String, Integer> replicas = new TreeMap<>();
        Optional.ofNullable(releases.get(ref)).ifPresent(release -> replicas.putAll(release.replicas()));
        replicas.values().removeIf(count -> count == 0);
        return replicas;
    }

    /** Returns how many releases have pods on more than one cluster. */
    int divided() {
        return (int)
                releases.keySet().stream().filter(ref -> pods(ref).size() > 1).count();
    }

    Set<String> events(WorkloadRef ref) {
        return report.rules().stream()
                .filter(rule -> rule.workload().equals(ref))
                .map(rule -> rule.rule().id())
                .collect(Collectors.toSet());
    }

    List<ChaosFinding> strays() {
        return strays;
    }

    boolean isOverbooked() {
        return report.overbookedEver();
    }

    WriteReport writes() {
        return report.writes();
    }

    static WorkloadRef ref(GraphModel graph, String service) {
        return new WorkloadRef(new GraphId(DescriptorEdits.PROJECT, graph.name()), service);
    }
}
