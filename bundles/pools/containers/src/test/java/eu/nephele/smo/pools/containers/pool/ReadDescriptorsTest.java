// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was read a moment ago is not read again, whatever the clock does and however many there are. */
class ReadDescriptorsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int BOUND = 1_000;

    private final AtomicInteger reads = new AtomicInteger();
    private final GraphReader graphs = new PlayedGraphs().reader();
    private final ReadDescriptors descriptors = new ReadDescriptors((project, document) -> {
        reads.incrementAndGet();
        return graphs.read(project, document);
    });

    private void read(int service, Instant now) {
        JsonObject graph = JsonObject.EMPTY.with("id", new JsonString("web-" + service));
        descriptors.read("shop", JsonObject.EMPTY.with("hdaGraph", graph), now);
    }

    /** Of so many services, one after the other; returns how many were read. */
    private int pass(int services, Instant now) {
        int before = reads.get();
        IntStream.range(0, services).forEach(service -> read(service, now));
        return reads.get() - before;
    }

    @Test
    void itIsReadAgainWhenItIsOldOrOfATimeToCome() {
        assertThat(pass(1, NOW)).isEqualTo(1);
        assertThat(pass(1, NOW.plusSeconds(29))).isZero();
        assertThat(pass(1, NOW.minusSeconds(5))).isZero();
        assertThat(pass(1, NOW.plusSeconds(30))).isEqualTo(1);
        assertThat(pass(1, NOW.minusSeconds(3600))).as("the clock was set back").isEqualTo(1);
        assertThat(pass(1, NOW.minusSeconds(3590))).isZero();
    }

    @Test
    void moreThanTheBoundLeaveThoseThatAreKnown() {
        int services = BOUND + 500;
        assertThat(pass(services, NOW)).isEqualTo(services);
        assertThat(pass(services, NOW.plusSeconds(5))).isEqualTo(500);
        assertThat(pass(services, NOW.plusSeconds(60)))
                .as("stale ones are no longer known")
                .isEqualTo(services);
        assertThat(pass(services, NOW.plusSeconds(65))).isEqualTo(500);
    }

    @Test
    void staleOnesAloneMakeRoom() {
        int old = BOUND - 100;
        assertThat(pass(old, NOW)).isEqualTo(old);
        IntStream.range(5_000, 5_100).forEach(service -> read(service, NOW.plusSeconds(25)));
        int before = reads.get();
        read(6_000, NOW.plusSeconds(40));
        read(6_000, NOW.plusSeconds(40));
        assertThat(reads.get() - before).as("there was room for it").isEqualTo(1);
        IntStream.range(5_000, 5_100).forEach(service -> read(service, NOW.plusSeconds(41)));
        assertThat(reads.get() - before).as("fresh ones have stayed").isEqualTo(1);
    }
}
