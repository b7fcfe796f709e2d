// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.VersionRange;

final class PluginUsage {

    private static final int SHOWN = 10;

    private final OptionalServices optionalServices;

    PluginUsage(OptionalServices optionalServices) {
        this.optionalServices = optionalServices;
    }

    /**
     * @param range versions that will do; empty for any
     * @param decided whether it made the current decision, instead of being requested
     */
    private record Need(String graph, String kind, String name, Optional<String> range, boolean decided, String how) {

        boolean metBy(OfferedService service) {
            return service.kind().equals(kind)
                    && service.name().equals(name)
                    && range.filter(it -> !includes(it, service.version())).isEmpty();
        }

        private static boolean includes(String range, String version) {
            try {
                return VersionRange.valueOf(range).includes(PluginInventory.version(version));
            } catch (IllegalArgumentException unreadable) {
                return true;
            }
        }
    }

    List<PluginUse> find(Collection<OfferedService> services) {
        return needs().stream()
                .filter(need -> services.stream().anyMatch(need::metBy))
                .map(need -> new PluginUse(need.graph(), need.how()))
                .distinct()
                .toList();
    }

    List<PluginUse> broken(Collection<OfferedService> going, Collection<OfferedService> staying) {
        return needs().stream()
                .filter(need -> going.stream().anyMatch(need::metBy))
                .filter(need -> staying.stream()
                        .noneMatch(
                                need.decided()
                                        ? service -> service.kind().equals(need.kind())
                                                && service.name().equals(need.name())
                                        : need::metBy))
                .map(need -> new PluginUse(need.graph(), need.how()))
                .distinct()
                .toList();
    }

    /** @throws SmoException {@code CONFLICT} that lists the uses */
    static void refuse(String what, List<PluginUse> uses) {
        if (!uses.isEmpty()) {
            Set<String> graphs = uses.stream()
                    .map(use -> "%s (%s)".formatted(use.graph(), use.how()))
                    .collect(Collectors.toCollection(TreeSet::new));
            throw SmoException.conflict(
                    "%s is used by graphs (%d): %s%s. Change them, or force it: their fallbacks decide then"
                            .formatted(
                                    what,
                                    uses.stream()
                                            .map(PluginUse::graph)
                                            .distinct()
                                            .count(),
                                    graphs.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                                    graphs.size() > SHOWN ? " and more" : ""));
        }
    }

    private List<Need> needs() {
        Optional<GraphStore> graphs = optionalServices.find(GraphStore.class);
        Optional<DescriptorReader> reader = optionalServices.find(DescriptorReader.class);
        if (graphs.isEmpty() || reader.isEmpty()) {
            return List.of();
        }
        List<Need> needs = new ArrayList<>();
        // one after the other: all descriptors at once are as large as their authors like
        for (GraphId id : graphs.get().ids()) {
            graphs.get().find(id).ifPresent(record -> add(record, reader.get(), needs));
        }
        return needs;
    }

    private void add(GraphRecord record, DescriptorReader reader, List<Need> needs) {
        OfGraph of = new OfGraph(record.id().toString(), needs);
        of.add(reader.restore(
                record.id().project(), record.desired().declaration().descriptor()));
        of.strategy("placement", record.desired().declaration().override().placement());
        of.strategy("scaling", record.desired().declaration().override().scaling());
        decision(record).ifPresent(needs::add);
    }

    private Optional<Need> decision(GraphRecord record) {
        return record.decided()
                .flatMap(decided -> decided.provenance().decision())
                .flatMap(id -> optionalServices.find(DecisionStore.class).flatMap(store -> store.find(record.id(), id)))
                .map(decision -> new Need(
                        record.id().toString(),
                        "placement",
                        decision.strategy().id(),
                        Optional.of(exactly(decision)),
                        true,
                        "decision " + decision.id()));
    }

    private static String exactly(DecisionRecord decision) {
        return "[%1$s,%1$s]".formatted(decision.strategy().version());
    }

    private record OfGraph(String name, List<Need> needs) {

        void add(Graph graph) {
            strategy("placement", graph.placement());
            strategy("scaling", graph.scaling());
            graph.placement().objectives().ifPresent(weights -> weights.keySet()
                    .forEach(objective -> named("objective", objective)));
            graph.intents().keySet().forEach(intent -> named("intent", intent));
            for (ServiceSpec service : graph.services()) {
                strategy("scaling", service.scaling().strategy());
                service.intents().keySet().forEach(intent -> named("intent", intent));
            }
        }

        void strategy(String kind, StrategySelection selection) {
            selection
                    .id()
                    .ifPresent(id -> needs.add(new Need(
                            name,
                            kind,
                            id,
                            selection.versionRange(),
                            false,
                            "%s strategy %s %s"
                                    .formatted(
                                            kind, id, selection.versionRange().orElse(""))
                                    .strip())));
        }

        private void named(String kind, String what) {
            needs.add(new Need(name, kind, what, Optional.empty(), false, kind + " " + what));
        }
    }
}
