// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which graphs have an intent, and which ones name another graph in theirs. Thread-safe. */
final class IntentIndex {

    /** Member of an intent that names another graph of the project, as in {@code coLocation}. */
    private static final String OTHER_GRAPH = "groundedGraphId";

    private record Indexed(Instant createdAt, long generation, Set<String> intents, Set<GraphId> named) {

        boolean isOf(GraphRecord record) {
            return generation == record.desired().generation()
                    && createdAt.equals(record.desired().times().createdAt());
        }
    }

    /** Cache of what stored descriptors say, found again by the first pass over each graph. */
    private final Map<GraphId, Indexed> graphs = new HashMap<>();
    /** Cache of the same by the names of intents, found again with it. */
    private final Map<String, Set<GraphId>> byIntent = new HashMap<>();
    /** Cache of the same by the graphs that are named, found again with it. */
    private final Map<GraphId, Set<GraphId>> byNamed = new HashMap<>();

    /** @return whether nothing was known of the graph before */
    synchronized boolean record(GraphRecord record, Graph graph) {
        Indexed before = graphs.get(graph.id());
        if (before != null && before.isOf(record)) {
            return false;
        }
        forget(graph.id());
        Set<String> intents = new TreeSet<>(graph.intents().keySet());
        graph.services().forEach(service -> intents.addAll(service.intents().keySet()));
        Set<GraphId> named = named(graph);
        graphs.put(
                graph.id(),
                new Indexed(
                        record.desired().times().createdAt(),
                        record.desired().generation(),
                        Set.copyOf(intents),
                        Set.copyOf(named)));
        intents.forEach(intent ->
                byIntent.computeIfAbsent(intent, any -> new HashSet<>()).add(graph.id()));
        named.forEach(
                other -> byNamed.computeIfAbsent(other, any -> new HashSet<>()).add(graph.id()));
        return before == null;
    }

    synchronized void forget(GraphId graph) {
        Indexed gone = graphs.remove(graph);
        if (gone != null) {
            gone.intents().forEach(intent -> remove(byIntent, intent, graph));
            gone.named().forEach(other -> remove(byNamed, other, graph));
        }
    }

    private static <K> void remove(Map<K, Set<GraphId>> index, K key, GraphId graph) {
        index.computeIfPresent(key, (any, holders) -> {
            holders.remove(graph);
            return holders.isEmpty() ? null : holders;
        });
    }

    synchronized boolean namesOthers(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph))
                .filter(indexed -> !indexed.named().isEmpty())
                .isPresent();
    }

    synchronized Set<GraphId> naming(GraphId other) {
        return Set.copyOf(byNamed.getOrDefault(other, Set.of()));
    }

    synchronized Set<GraphId> having(Collection<String> intents) {
        Set<GraphId> having = new TreeSet<>();
        intents.forEach(intent -> having.addAll(byIntent.getOrDefault(intent, Set.of())));
        return having;
    }

    private static Set<GraphId> named(Graph graph) {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        graph.intents().values().stream(),
                        graph.services().stream()
                                .map(ServiceSpec::intents)
                                .flatMap(intents -> intents.values().stream()))
                .forEach(value -> addNames(value, names));
        Set<GraphId> named = new HashSet<>();
        names.forEach(name -> named.add(new GraphId(graph.id().project(), name)));
        named.remove(graph.id());
        return named;
    }

    private static void addNames(JsonValue value, Set<String> names) {
        value.asArray().ifPresent(items -> items.forEach(item -> addNames(item, names)));
        value.asObject().ifPresent(object -> object.members().forEach((name, member) -> {
            if (name.equals(OTHER_GRAPH)) {
                member.asString().filter(text -> !text.isEmpty()).ifPresent(names::add);
            } else {
                addNames(member, names);
            }
        }));
    }
}
