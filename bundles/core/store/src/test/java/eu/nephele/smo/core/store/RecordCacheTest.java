// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordCacheTest {

    private static final GraphId GRAPH = Samples.graph("g");

    private final RecordCache cache =
            new RecordCache(RecordCache.MOST_BYTES, RecordCache.MOST_OUTLINE_BYTES, () -> true);
    private final AtomicInteger reads = new AtomicInteger();

    private static GraphRecord record(GraphId id, long revision) {
        Desired desired = Samples.desired(id, revision, List.of("s"));
        return new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing());
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

        assertThat(find(GRAPH, 3)).as("what was written").contains(record(GRAPH, 2));
        assertThat(reads).hasValue(0);
    }

    @Test
    void aReadDuringAWriteReadsTheDatabase() {
        find(GRAPH, 1);
        cache.write(
                GRAPH,
                () -> {
                    assertThat(find(GRAPH, 1)).contains(record(GRAPH, 1));
                    return true;
                },
                (before, done) -> Optional.of(record(GRAPH, 2)));

        assertThat(find(GRAPH, 3)).as("what was written").contains(record(GRAPH, 2));
        assertThat(reads).hasValue(2);
    }

    /** Under load there are always readers. */
    @Test
    void aReadAfterTheLastWriteIsCachedDespiteOlderReaders() {
        cache.find(GRAPH, () -> {
            cache.write(GRAPH, () -> true, (before, done) -> Optional.empty());
            cache.find(GRAPH, () -> Optional.of(record(GRAPH, 2)));
            return Optional.of(record(GRAPH, 1));
        });

        assertThat(find(GRAPH, 3)).contains(record(GRAPH, 2));
    }

    @Test
    void whatWasReadBeforeEverythingWasForgottenIsNotKept() {
        cache.find(GRAPH, () -> {
            cache.forget();
            return Optional.of(record(GRAPH, 1));
        });
        cache.write(
                Samples.graph("h"),
                () -> {
                    cache.forget();
                    return true;
                },
                (before, done) -> Optional.of(record(Samples.graph("h"), 1)));

        assertThat(find(GRAPH, 2)).contains(record(GRAPH, 2));
        assertThat(find(Samples.graph("h"), 2)).contains(record(Samples.graph("h"), 2));
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

    private List<GraphOutline> outlines(long stored, GraphId... graphs) {
        return cache.outlines(List.of(graphs), missing -> {
            reads.addAndGet(missing.size());
            return missing.stream()
                    .map(graph -> GraphOutline.from(record(graph, stored)))
                    .toList();
        });
    }

    private static List<Long> generations(List<GraphOutline> outlines) {
        return outlines.stream().map(GraphOutline::generation).toList();
    }

    @Test
    void readsOutlinesOnceAndTakesThemOfWhatWasReadOrWritten() {
        GraphId found = Samples.graph("found");
        GraphId written = Samples.graph("written");
        find(found, 1);
        cache.write(written, () -> true, (before, done) -> Optional.of(record(written, 5)));

        assertThat(generations(outlines(3, written, GRAPH, found))).containsExactly(5L, 3L, 1L);
        assertThat(reads).hasValue(2);
        assertThat(generations(outlines(4, found, GRAPH))).containsExactly(1L, 3L);
        assertThat(reads).hasValue(2);
    }

    @Test
    void anOutlineThatWasReadWhileSomebodyWroteIsNotKept() {
        List<GraphOutline> seen = cache.outlines(List.of(GRAPH), missing -> {
            cache.write(GRAPH, () -> true, (before, done) -> Optional.of(record(GRAPH, 2)));
            return List.of(GraphOutline.from(record(GRAPH, 1)));
        });

        assertThat(generations(seen)).containsExactly(1L);
        assertThat(generations(outlines(3, GRAPH))).as("what was written").containsExactly(2L);
        assertThat(reads).hasValue(0);
    }

    @Test
    void aListDuringAWriteReadsTheDatabase() {
        outlines(1, GRAPH);
        cache.write(
                GRAPH,
                () -> {
                    assertThat(generations(outlines(1, GRAPH))).containsExactly(1L);
                    return true;
                },
                (before, done) -> Optional.of(record(GRAPH, 2)));

        assertThat(generations(outlines(3, GRAPH))).as("what was written").containsExactly(2L);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatCannotBeListedIsReadAnew() {
        assertThatThrownBy(() -> cache.outlines(List.of(GRAPH), missing -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");

        assertThat(generations(outlines(2, GRAPH))).containsExactly(2L);
        assertThat(generations(outlines(3, GRAPH))).containsExactly(2L);
        cache.forget();
        assertThat(generations(outlines(3, GRAPH))).containsExactly(3L);
    }

    @Test
    void staysWithinItsBytesAndLetsTheOldestGo() {
        RecordCache small = new RecordCache(64 << 10, 64 << 10, () -> true);
        IntStream.range(0, 1_000).forEach(number -> {
            GraphId id = Samples.graph("g" + number);
            small.find(id, () -> Optional.of(record(id, 1)));
        });

        assertThat(small.bytes()).isBetween(1L, 64L << 10);
        GraphId last = Samples.graph("g999");
        assertThat(small.find(last, Optional::empty)).isPresent();
        assertThat(small.find(Samples.graph("g0"), Optional::empty)).isEmpty();
        assertThat(small.outlineBytes()).isBetween(1L, 64L << 10);
        assertThat(small.outlines(List.of(last), missing -> List.of())).hasSize(1);
        assertThat(small.outlines(List.of(Samples.graph("g0")), missing -> List.of()))
                .isEmpty();
    }
}
