// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Limit of the automatic moves of a graph within an hour ({@code lifecycle.maxMovesPerHour}). */
public final class MoveBudget {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Clock clock;

    public MoveBudget(Clock clock) {
        this.clock = clock;
    }

    /** Automatic moves of the last hour. */
    public List<Instant> recent(DecidedGraph decided) {
        Instant from = clock.instant().minus(WINDOW);
        return decided.moves().stream().filter(at -> at.isAfter(from)).toList();
    }

    /** Returns the moves that are left within the hour; empty for no limit. */
    public OptionalInt left(Graph graph, DecidedGraph decided) {
        OptionalInt limit = graph.lifecycle().maxMovesPerHour();
        return limit.isEmpty()
                ? limit
                : OptionalInt.of(Math.max(0, limit.getAsInt() - recent(decided).size()));
    }

    /** Returns the reason why so many further moves are too many; empty when they are not. */
    public Optional<SmoException> exceeded(Graph graph, DecidedGraph decided, int wanted) {
        int made = recent(decided).size();
        int limit = graph.lifecycle().maxMovesPerHour().orElse(Integer.MAX_VALUE - made);
        return wanted == 0 || made + wanted <= limit
                ? Optional.empty()
                : Optional.of(SmoException.conflict(
                        "%d moves are needed; %d of %d within the hour (lifecycle.maxMovesPerHour) are used up"
                                .formatted(wanted, made, limit)));
    }
}
