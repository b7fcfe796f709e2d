// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The graphs of pools: marked as theirs, one per service, in the project of the pool. */
final class PoolGraphs {

    private static final String GRAPH = "hdaGraph";
    private static final String MARK = "designer";

    private final GraphService graphs;
    private final GraphReader reader;

    PoolGraphs(GraphService graphs, GraphReader reader) {
        this.graphs = graphs;
        this.reader = reader;
    }

    /**
     * Makes the graph of a service as its descriptor says.
     *
     * @return the graph, after the change where there was one
     * @throws SmoException {@code CONFLICT} when a graph of that name is not of the pool; else as the core says
     */
    GraphView ensure(Resource pool, JsonObject descriptor) {
        DeployRequest wanted = reader.read(pool.ref().project(), marked(pool, descriptor));
        Optional<GraphView> present = graphs.find(wanted.graph().id(), CallContext.INTERNAL);
        if (present.isEmpty()) {
            return graphs.deploy(wanted, CallContext.INTERNAL).accepted();
        }
        if (!isOf(pool).test(present.get())) {
            throw SmoException.conflict("%s is a graph that was not made by %s; remove it, or rename the service"
                    .formatted(wanted.graph().id(), pool.ref()));
        }
        boolean same = present.get()
                .graph()
                .descriptor()
                .canonical()
                .equals(wanted.graph().descriptor().canonical());
        return same
                ? present.get()
                : graphs.update(wanted, CallContext.INTERNAL).accepted();
    }

    /** The names of the graphs of the pool; one that is being removed is not among them any more. */
    List<String> names(Resource pool) {
        return graphs.list(pool.ref().project(), CallContext.INTERNAL).stream()
                .filter(isOf(pool))
                .map(graph -> graph.graph().id().name())
                .toList();
    }

    /**
     * Has a graph removed, if there is one and it is of the pool.
     *
     * @return whether something of it is left; its removal may take a while
     */
    boolean remove(Resource pool, String name) {
        GraphId id = new GraphId(pool.ref().project(), name);
        if (graphs.find(id, CallContext.INTERNAL).filter(isOf(pool).negate()).isPresent()) {
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

    private static Predicate<GraphView> isOf(Resource pool) {
        return graph -> graph.graph()
                .descriptor()
                .get(MARK)
                .flatMap(JsonValue::asString)
                .filter(key(pool)::equals)
                .isPresent();
    }

    private static JsonObject marked(Resource pool, JsonObject descriptor) {
        JsonObject graph = descriptor.get(GRAPH).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        return descriptor.with(GRAPH, graph.with(MARK, new JsonString(key(pool))));
    }

    private static String key(Resource pool) {
        return pool.key("graph");
    }
}
