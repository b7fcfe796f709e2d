// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Those who wait for what becomes of a change. Nobody is waited for: a change happens whether anybody listens or not. */
final class Waiters {

    /**
     * @param generation generation of the desired state that the change made
     * @param wish number of the wish that the change made
     */
    record Waiter(long generation, long wish, CompletableFuture<GraphView> decided, CompletableFuture<GraphView> done) {

        boolean answeredBy(long atGeneration, long atWish) {
            return generation <= atGeneration && wish <= atWish;
        }
    }

    private final Map<GraphId, List<Waiter>> waiting = new ConcurrentHashMap<>();

    Waiter wait(GraphId graph, long generation, long wish) {
        Waiter waiter = new Waiter(generation, wish, new CompletableFuture<>(), new CompletableFuture<>());
        waiting.computeIfAbsent(graph, any -> new CopyOnWriteArrayList<>()).add(waiter);
        return waiter;
    }

    void decided(GraphId graph, long generation, long wish, GraphView view) {
        matching(graph, waiter -> waiter.answeredBy(generation, wish))
                .forEach(waiter -> waiter.decided().complete(view));
    }

    void done(GraphId graph, long generation, long wish, GraphView view) {
        take(graph, waiter -> waiter.answeredBy(generation, wish)).forEach(waiter -> {
            waiter.decided().complete(view);
            waiter.done().complete(view);
        });
    }

    void failed(GraphId graph, long generation, long wish, SmoException why) {
        take(graph, waiter -> waiter.answeredBy(generation, wish)).forEach(waiter -> {
            waiter.decided().completeExceptionally(why);
            waiter.done().completeExceptionally(why);
        });
    }

    /** Completes everybody: the graph is gone. */
    void gone(GraphId graph, GraphView lastView) {
        take(graph, waiter -> true).forEach(waiter -> {
            waiter.decided().complete(lastView);
            waiter.done().complete(lastView);
        });
    }

    /** The change did not happen: nobody waits for it. */
    void cancel(GraphId graph, Waiter waiter) {
        take(graph, candidate -> candidate.equals(waiter));
    }

    private List<Waiter> matching(GraphId graph, Predicate<Waiter> which) {
        return waiting.getOrDefault(graph, List.of()).stream().filter(which).toList();
    }

    private List<Waiter> take(GraphId graph, Predicate<Waiter> which) {
        List<Waiter> taken = new ArrayList<>();
        waiting.computeIfPresent(graph, (id, list) -> {
            taken.addAll(list.stream().filter(which).toList());
            list.removeAll(taken);
            return list.isEmpty() ? null : list;
        });
        return taken;
    }
}
