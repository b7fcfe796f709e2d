// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.ResizeCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Creates, scales and deletes clusters of equal nodes; clusters of the scenario are not among them. */
public final class SimulatedInfrastructure implements InfrastructureProvider {

    private static final String READY = "READY";
    private static final String DOWN = "DOWN";

    private final World world;
    // guarded by the lock of the world
    private final Map<String, NodePool> made = new TreeMap<>();
    // guarded by the lock of the world: names of created clusters by their idempotency keys
    private final Map<String, String> byKey = new TreeMap<>();

    public SimulatedInfrastructure(World world) {
        this.world = world;
    }

    @Override
    public List<Infrastructure> list() {
        return world.change(state -> {
            state.requireWorking(Outage.INFRASTRUCTURE, "List infrastructure");
            return made.keySet().stream()
                    .filter(name -> state.nodes().find(name).isPresent())
                    .map(name -> portrait(name, state))
                    .toList();
        });
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish) {
        return done("Create infrastructure", state -> make(wish, state));
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish, String key) {
        return done("Create infrastructure", state -> {
            Optional<String> before = Optional.ofNullable(byKey.get(key))
                    .filter(made::containsKey)
                    .filter(name -> state.nodes().find(name).isPresent());
            if (before.isPresent()) {
                return portrait(before.get(), state);
            }
            Infrastructure fresh = make(wish, state);
            byKey.put(key, fresh.id());
            return fresh;
        });
    }

    /** As long as the world exists. */
    @Override
    public boolean recognisesKeys() {
        return true;
    }

    private Infrastructure make(JsonObject wish, WorldState state) {
        NodePool pool = NodePool.read(wish);
        if (state.nodes().find(pool.cluster()).isPresent()) {
            throw failure(Kind.CONFLICT, "Create infrastructure: cluster %s exists already".formatted(pool.cluster()));
        }
        strike(state, new AddCluster(ClusterModel.of(pool.cluster(), pool.capacity())));
        made.put(pool.cluster(), pool);
        return portrait(pool.cluster(), state);
    }

    @Override
    public CompletionStage<Infrastructure> scale(String id, int nodes) {
        return done("Scale infrastructure " + id, state -> {
            NodePool pool = required(id, state).scaledTo(nodes);
            strike(state, new ResizeCluster(id, pool.capacity()));
            made.put(id, pool);
            return portrait(id, state);
        });
    }

    @Override
    public CompletionStage<Void> delete(String id) {
        return done("Delete infrastructure " + id, state -> {
                    required(id, state);
                    strike(state, new RemoveCluster(id));
                    byKey.values().removeIf(id::equals);
                    return Optional.ofNullable(made.remove(id));
                })
                .thenAccept(gone -> {});
    }

    private <T> CompletableFuture<T> done(String what, Function<WorldState, T> work) {
        try {
            return CompletableFuture.completedFuture(world.change(state -> {
                state.requireWorking(Outage.INFRASTRUCTURE, what);
                return work.apply(state);
            }));
        } catch (AdapterException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private void strike(WorldState state, WorldAction action) {
        world.fate().strike(state, action);
    }

    private NodePool required(String id, WorldState state) {
        return Optional.ofNullable(made.get(id))
                .filter(pool -> state.nodes().find(id).isPresent())
                .orElseThrow(() -> failure(
                        Kind.NOT_FOUND,
                        "Cluster %s was not created on demand, expected one of %s".formatted(id, made.keySet())));
    }

    private Infrastructure portrait(String name, WorldState state) {
        NodePool pool = required(name, state);
        return new Infrastructure(
                name,
                state.nodes().require(name).isUp() ? READY : DOWN,
                JsonObject.EMPTY
                        .with("nodes", JsonNumber.of(pool.nodes()))
                        .with("cores", JsonNumber.of(pool.cores()))
                        .with("memoryGib", JsonNumber.of(pool.memoryGib())));
    }

    private static AdapterException failure(Kind kind, String message) {
        return new AdapterException(kind, World.SYSTEM, message);
    }

    /** @param nodes number of nodes, 0 or more */
    private record NodePool(String cluster, int nodes, int cores, int memoryGib) {

        private static final int MOST = 1000;
        private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

        static NodePool read(JsonObject wish) {
            String name = wish.get("name")
                    .flatMap(value -> value.asString())
                    .filter(text -> text.matches(NAME))
                    .orElseThrow(() -> failure(
                            Kind.REFUSED,
                            "Create infrastructure: name is missing or not a cluster name (lower-case letters, digits"
                                    + " and hyphens, at most 63)"));
            return new NodePool(name, count(wish, "nodes", 1), count(wish, "cores", 0), count(wish, "memoryGib", 0));
        }

        /** @param otherwise 0: the member is required */
        private static int count(JsonObject wish, String name, int otherwise) {
            if (otherwise > 0 && wish.get(name).isEmpty()) {
                return otherwise;
            }
            return wish.get(name)
                    .flatMap(value -> value.asNumber())
                    .filter(number -> number.stripTrailingZeros().scale() <= 0)
                    .map(number ->
                            number.min(java.math.BigDecimal.valueOf(MOST + 1L)).intValue())
                    .filter(number -> number >= 1 && number <= MOST)
                    .orElseThrow(() -> failure(
                            Kind.REFUSED,
                            "Create infrastructure: %s is missing or not a whole number from 1 to %d"
                                    .formatted(name, MOST)));
        }

        NodePool scaledTo(int wanted) {
            if (wanted < 0 || wanted > MOST) {
                throw failure(
                        Kind.REFUSED,
                        "Scale infrastructure %s: %d nodes, expected 0 to %d".formatted(cluster, wanted, MOST));
            }
            return new NodePool(cluster, wanted, cores, memoryGib);
        }

        Resources capacity() {
            return new Resources(cores * 1000L, (long) memoryGib << 30, 0, 0).times(nodes);
        }
    }
}
