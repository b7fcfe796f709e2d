// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Outside objects that carry the mark of this installation, by graph. Objects of a graph are taken out once; the rest
 * has no owner.
 */
final class OwnedInventory {

    static final String ALERT_RULE = "alert-rule";

    record OwnedRelease(String type, ReleaseState state) {}

    private final Map<GraphId, List<OwnedRelease>> releases;
    private final Optional<Map<GraphId, Map<WorkloadRef, Set<String>>>> rules;
    private final Set<String> kinds;

    /**
     * @param releases by type of artifact; types that are unavailable now are left out
     * @param rules names of alert rules by workload; empty when they are unavailable now
     */
    OwnedInventory(Map<String, List<ReleaseState>> releases, Optional<Map<WorkloadRef, Set<String>>> rules) {
        this.releases = releases.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(state -> new OwnedRelease(entry.getKey(), state)))
                .collect(Collectors.groupingBy(
                        release -> release.state().workload().graph(), HashMap::new, Collectors.toList()));
        this.rules = rules.map(known -> known.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().graph(),
                        HashMap::new,
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
        this.kinds = new HashSet<>(releases.keySet());
        rules.ifPresent(known -> kinds.add(ALERT_RULE));
    }

    /** Returns the searched kinds: nothing is known about others. */
    Set<String> kinds() {
        return Set.copyOf(kinds);
    }

    /** Releases of a graph; returned once. */
    List<OwnedRelease> takeReleases(GraphId graph) {
        return Optional.ofNullable(releases.remove(graph)).orElse(List.of());
    }

    /** Alert rules of a graph by workload; returned once. Empty when the rules are unavailable. */
    Optional<Map<WorkloadRef, Set<String>>> takeRules(GraphId graph) {
        return rules.map(known -> Optional.ofNullable(known.remove(graph)).orElse(Map.of()));
    }

    Stream<OwnedRelease> leftReleases() {
        return releases.values().stream().flatMap(List::stream);
    }

    Stream<WorkloadRef> leftRules() {
        return rules.stream()
                .flatMap(known -> known.values().stream())
                .flatMap(each -> each.entrySet().stream())
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey);
    }
}
