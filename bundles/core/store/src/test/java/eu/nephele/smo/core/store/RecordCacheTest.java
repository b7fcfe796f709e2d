// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordCacheTest {

    private static final GraphId GRAPH = Samples.graph("g");

    private final RecordCache cache = new RecordCache(RecordCache.MOST_BYTES);
    private final AtomicInteger reads = new AtomicInteger();

    private static GraphRecord record(GraphId id, long revision) {
        Desired desired = Samples.desired(id, revision, List.of("s"));
        return new GraphRecord(desired, Optional.empty(), Observed.nothing());
    }

    private Optional<GraphRecord> find(GraphId id, long stored) {
        return cache.find(id, () -> {
            reads.incrementAndGet();
            return Optional.of(record(id, stored));
        });
    }

    @Test
    void readsOnceAndKeepsWhatAWriterLeaves() {
        assertThat(find(GRAPH, 1)).contains(record(GRAPH, 1));
        assertThat(find(GRAPH, 1)).contains(record(GRAPH, 1));
        cache.write(
                GRAPH,
                () -> true,
                (before, done) -> before.map(was -> record(GRAPH, was.desired().revision() + 1)));

        assertThat(find(GRAPH, 2)).contains(record(GRAPH, 2));
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsNotThereIsLookedForAgain() {
        assertThat(cache.find(GRAPH, Optional::empty)).isEmpty();
        assertThat(find(GRAPH, 1)).contains(record(GRAPH, 1));
    }

    @Test
    void whatWasReadWhileSomebodyWroteIsNotKept() {
        cache.find(GRAPH, () -> {
            cache.write(GRAPH, () -> true, (before, done) -> Optional.of(record(GRAPH, 2)));
            return Optional.of(record(GRAPH, 1));
        });

        assertThat(find(GRAPH, 2)).contains(record(GRAPH, 2));
        assertThat(reads).hasValue(1);
    }

    @Test
    void whoReadsWhileSomebodyWritesReadsTheDatabase() {
        find(GRAPH, 1);
        cache.write(
                GRAPH,
                () -> {
                    assertThat(find(GRAPH, 1)).contains(record(GRAPH, 1));
                    return true;
                },
                (before, done) -> Optional.of(record(GRAPH, 2)));

        assertThat(find(GRAPH, 2)).contains(record(GRAPH, 2));
        assertThat(reads).hasValue(3);
    }

    @Test
    void twoWritersAtOnceLeaveNothing() {
        cache.write(
                GRAPH,
                () -> cache.write(GRAPH, () -> true, (before, done) -> Optional.of(record(GRAPH, 2))),
                (before, done) -> Optional.of(record(GRAPH, 1)));

        assertThat(find(GRAPH, 3)).contains(record(GRAPH, 3));
        assertThat(reads).hasValue(1);
    }

    @Test
    void afterAFailureItIsReadAnew() {
        find(GRAPH, 1);
        assertThatThrownBy(() -> cache.write(
                        GRAPH,
                        () -> {
                            throw new IllegalStateException("nobody knows");
                        },
                        (before, done) -> before))
                .hasMessage("nobody knows");

        assertThat(find(GRAPH, 2)).contains(record(GRAPH, 2));
    }

    @Test
    void staysWithinItsBytesAndLetsTheOldestGo() {
        RecordCache small = new RecordCache(64 << 10);
        IntStream.range(0, 1_000).forEach(number -> {
            GraphId id = Samples.graph("g" + number);
            small.find(id, () -> Optional.of(record(id, 1)));
        });

        assertThat(small.bytes()).isBetween(1L, 64L << 10);
        GraphId last = Samples.graph("g999");
        assertThat(small.find(last, Optional::empty)).isPresent();
        assertThat(small.find(Samples.graph("g0"), Optional::empty)).isEmpty();
    }
}
