// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Graphs that were read are kept as far as a fixed part of the heap goes. */
class DescriptorCacheTest {

    private final AtomicInteger read = new AtomicInteger();
    private final DescriptorCache graphs = new DescriptorCache(new CountingReader(read));

    @Test
    void aSmallGraphIsReadOncePerGeneration() {
        Desired first = desired("g", 1, 10);
        assertThat(graphs.parse(first)).isSameAs(graphs.parse(first));
        graphs.parse(desired("g", 2, 10));
        assertThat(read).hasValue(2);
    }

    @Test
    void whatIsKeptHasALimitHoweverManyAndLargeTheGraphsAre() {
        for (int i = 0; i < 100; i++) {
            graphs.parse(desired("g" + i, 1, 900_000));
            assertThat(graphs.bytes()).isBetween(0L, DescriptorCache.MOST_BYTES);
        }
        assertThat(graphs.bytes()).isPositive();
    }

    @Test
    void thoseAskedForLastAreKept() {
        graphs.parse(desired("hot", 1, 10));
        for (int i = 0; i < 20; i++) {
            graphs.parse(desired("g" + i, 1, 900_000));
            graphs.parse(desired("hot", 1, 10));
        }
        assertThat(read).hasValue(21);
    }

    @Test
    void whatIsForgottenWeighsNothing() {
        graphs.parse(desired("g", 1, 1000));
        graphs.parse(desired("g", 2, 1000));
        graphs.forget(new GraphId("p", "g"));
        graphs.forget(new GraphId("p", "g"));
        assertThat(graphs.bytes()).isZero();
    }

    static Desired desired(String name, long generation, int characters) {
        JsonObject descriptor = JsonObject.EMPTY.with("text", new JsonString("x".repeat(characters)));
        PlaceRequest request = PlaceRequest.replace();
        return new Desired(
                new GraphId("p", name),
                generation,
                generation,
                DesiredState.RUNNING,
                new Declaration(descriptor, List.of(), StrategyOverride.NONE, 1, List.of()),
                false,
                new RequestedPlacement(1, request, Map.of(), "", Map.of()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(Instant.EPOCH));
    }
}
