// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.selection.SelectionPrecedence;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

final class ScalingGroups {
    private static final Comparator<ScalingTarget> ORDER = Comparator.comparing(ScalingTarget::graph)
            .thenComparing(ScalingTarget::service)
            .thenComparing(ScalingTarget::cluster);

    private final StrategyRegistry registry;
    private final StrategySettings settings;
    private final List<ScalingItem> items;

    ScalingGroups(StrategyRegistry registry, StrategySettings settings, List<ScalingItem> items) {
        this.registry = registry;
        this.settings = settings;
        this.items = items;
    }

    private record ScalingGroupKey(String id, String version, String parameters) {}

    private record Sharing(EffectiveSelection selection, List<EffectiveSelection> standIns, List<Integer> items) {}

    /**
     * @param indexes the items to be decided
     * @return in an order that depends on nothing but the items; items without a requested strategy are missing
     */
    List<ScalingGroup> form(List<Integer> indexes) {
        Map<ScalingGroupKey, Sharing> byKey = new LinkedHashMap<>();
        indexes.stream()
                .sorted(Comparator.comparing((Integer index) -> target(index), ORDER))
                .forEach(index -> effective(index)
                        .ifPresent(sharing -> byKey.computeIfAbsent(key(sharing.selection()), key -> sharing)
                                .items()
                                .add(index)));
        List<ScalingGroup> groups = new ArrayList<>();
        byKey.values().forEach(sharing -> connected(sharing.items())
                .forEach(part -> groups.add(new ScalingGroup(sharing.selection(), sharing.standIns(), part))));
        return groups;
    }

    private Optional<Sharing> effective(int index) {
        ScalingItem item = items.get(index);
        String project = item.target().graph().project();
        List<SourcedSelection> levels = SelectionPrecedence.withConfiguredScaling(
                SelectionPrecedence.withProject(item.wishes(), project, settings, StrategyOverride::scaling), settings);
        return EffectiveSelection.wishOf(levels).flatMap(wish -> wish.selection()
                .id()
                .map(id -> EffectiveSelection.ofChosen(id, wish.source(), levels))
                .map(selection -> new Sharing(selection, standIns(selection, levels), new ArrayList<>())));
    }

    /** What a strategy builds on decides without it, too. */
    private List<EffectiveSelection> standIns(EffectiveSelection wished, List<SourcedSelection> levels) {
        return Stream.concat(BaseSelection.chosen(wished).stream(), configured(wished.id(), levels).stream())
                .toList();
    }

    private List<EffectiveSelection> configured(String wished, List<SourcedSelection> levels) {
        List<SourcedSelection> configured = levels.stream()
                .filter(level -> level.source().equals("configuration"))
                .toList();
        return settings.scaling()
                .filter(id -> !id.equals(wished))
                .map(id -> List.of(EffectiveSelection.ofFallback(id, configured)))
                .orElse(List.of());
    }

    private ScalingGroupKey key(EffectiveSelection selection) {
        String version = registry.find(ServiceKind.SCALING, selection.id(), selection.range())
                .map(registeredService ->
                        registeredService.description().version().toString())
                .orElse("missing " + selection.range());
        return new ScalingGroupKey(
                selection.id(), version, selection.parameters().canonical());
    }

    /** Clusters hang together when a service has replicas on both: its answers depend on each other. */
    private List<List<Integer>> connected(List<Integer> sharing) {
        Map<ClusterId, ClusterId> parent = new HashMap<>();
        Map<ServiceOfGraph, ClusterId> first = new HashMap<>();
        for (int index : sharing) {
            ScalingTarget target = target(index);
            ClusterId other = first.computeIfAbsent(
                    new ServiceOfGraph(target.graph(), target.service()), key -> target.cluster());
            parent.put(root(parent, target.cluster()), root(parent, other));
        }
        Map<ClusterId, List<Integer>> parts = new TreeMap<>();
        sharing.forEach(
                index -> parts.computeIfAbsent(root(parent, target(index).cluster()), key -> new ArrayList<>())
                        .add(index));
        return List.copyOf(parts.values());
    }

    private record ServiceOfGraph(GraphId graph, String service) {}

    private static ClusterId root(Map<ClusterId, ClusterId> parent, ClusterId cluster) {
        ClusterId at = cluster;
        ClusterId above = parent.getOrDefault(at, at);
        while (!above.equals(at)) {
            at = above;
            above = parent.getOrDefault(at, at);
        }
        return at;
    }

    private ScalingTarget target(int index) {
        return items.get(index).target();
    }
}
