// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.pool.ReadDescriptors.DescribedGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The graphs of one pool: marked as its own, one per service, in its project. */
final class PoolGraphs {

    /** After a failure, which the core has tried more than once to avoid. */
    private static final Duration FAILED_AGAIN = Duration.ofMinutes(5);

    private static final String GRAPH = "hdaGraph";
    private static final String MARK = "designer";

    private final GraphService graphs;
    private final ReadDescriptors reader;
    private final String key;
    private final String project;

    PoolGraphs(GraphService graphs, ReadDescriptors reader, Resource pool, String project) {
        this.graphs = graphs;
        this.reader = reader;
        this.key = pool.key("graph");
        this.project = project;
    }

    /**
     * What was asked of the core for a service.
     *
     * @param digest of the descriptor, as {@link DescribedGraph#digest}
     * @param at when
     */
    record RequestedDescriptor(String digest, Instant at) {

        /** Whether that is the same, apart from the order of the servers. */
        boolean isButForOrder(String other) {
            return content(digest).equals(content(other));
        }

        private static String content(String digest) {
            int end = digest.indexOf(DescribedGraph.ORDER);
            return end < 0 ? digest : digest.substring(0, end);
        }
    }

    /**
     * The graph of a service.
     *
     * @param view after the change where there was one
     * @param isAsFiled whether it has the descriptor of the file
     */
    record PoolGraph(GraphView view, RequestedDescriptor asked, boolean isAsFiled) {}

    /**
     * Makes the graph of a service as its descriptor says. What was asked before and is another one by now was taken back by the core,
     * since it failed, or by a person: it is not asked again.
     *
     * @param before what was asked last
     * @throws SmoException {@code CONFLICT} when a graph of that name is not of the pool; else as the core says
     */
    PoolGraph ensure(JsonObject descriptor, Optional<RequestedDescriptor> before, Instant now) {
        DescribedGraph described = reader.read(project, marked(descriptor), now);
        DeployRequest wanted = described.request();
        String digest = described.digest();
        Optional<GraphView> present = graphs.find(wanted.graph().id(), CallContext.INTERNAL);
        if (present.isEmpty()) {
            return asked(graphs.deploy(wanted, CallContext.INTERNAL).accepted(), digest, now);
        }
        GraphView there = present.get();
        if (!isOurs(there)) {
            throw SmoException.conflict("%s is a graph that was not made by this pool; remove it, or rename the service"
                    .formatted(wanted.graph().id()));
        }
        Optional<RequestedDescriptor> same = before.filter(last -> last.digest().equals(digest));
        Optional<RequestedDescriptor> butForOrder = before.filter(last -> last.isButForOrder(digest));
        JsonObject wish = wanted.graph().descriptor();
        JsonObject has = there.graph().descriptor();
        if (isAlike(has, wish)) {
            boolean again = there.phase() == GraphPhase.FAILED
                    && same.map(last -> last.at().plus(FAILED_AGAIN).isBefore(now))
                            .orElse(false);
            return again
                    ? asked(graphs.deploy(wanted, CallContext.INTERNAL).accepted(), digest, now)
                    : new PoolGraph(there, same.orElseGet(() -> new RequestedDescriptor(digest, now)), true);
        }
        return same.or(() -> butForOrder.filter(last -> !isAlike(EvenWeights.in(has), EvenWeights.in(wish))))
                .map(last -> new PoolGraph(there, last, false))
                .orElseGet(
                        () -> asked(graphs.update(wanted, CallContext.INTERNAL).accepted(), digest, now));
    }

    private static boolean isAlike(JsonObject one, JsonObject other) {
        return one.equals(other) || one.canonical().equals(other.canonical());
    }

    private static PoolGraph asked(GraphView accepted, String digest, Instant now) {
        return new PoolGraph(accepted, new RequestedDescriptor(digest, now), true);
    }

    /** The names of the graphs of the pool; one that is being removed is not among them any more. */
    List<String> names() {
        return graphs.list(project, CallContext.INTERNAL).stream()
                .filter(this::isOurs)
                .map(graph -> graph.graph().id().name())
                .toList();
    }

    /**
     * Has a graph removed, if there is one and it is of the pool.
     *
     * @return whether something of it is left; its removal may take a while
     */
    boolean remove(String name) {
        GraphId id = new GraphId(project, name);
        Predicate<GraphView> ours = this::isOurs;
        if (graphs.find(id, CallContext.INTERNAL).filter(ours.negate()).isPresent()) {
            return false;
        }
        try {
            graphs.remove(id, CallContext.INTERNAL);
            return true;
        } catch (SmoException gone) {
            if (gone.kind() == SmoException.Kind.NOT_FOUND) {
                return false;
            }
            throw gone;
        }
    }

    private boolean isOurs(GraphView graph) {
        return graph.graph()
                .descriptor()
                .get(MARK)
                .flatMap(JsonValue::asString)
                .filter(key::equals)
                .isPresent();
    }

    private JsonObject marked(JsonObject descriptor) {
        JsonObject graph = descriptor.get(GRAPH).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        return descriptor.with(GRAPH, graph.with(MARK, new JsonString(key)));
    }
}
