// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.SmoException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for background work on behalf of a client. */
public final class Waiting {

    /** Query parameter: how many seconds to wait. */
    static final String PARAMETER = "wait";

    private static final int MAX_SECONDS = 300;

    private Waiting() {}

    /**
     * @return the graph when the work ended; empty when it still goes on after that time
     * @throws SmoException the work failed
     */
    public static Optional<GraphView> on(CompletionStage<GraphView> work, Duration atMost) {
        try {
            return Optional.of(work.toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillGoingOn) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The server is ending; the change goes on after its start",
                    Optional.empty());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SmoException known) {
                throw known;
            }
            throw new IllegalStateException("A change ended in an unexpected way", failed.getCause());
        }
    }

    /** @param seconds query parameter {@code wait}, null when missing */
    public static Duration of(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        try {
            int wished = Integer.parseInt(seconds);
            if (wished >= 0 && wished <= MAX_SECONDS) {
                return Duration.ofSeconds(wished);
            }
        } catch (NumberFormatException notANumber) {
            // answered below, as a number out of range is
        }
        throw Page.invalid("wait is '%s', expected whole seconds from 0 to %d".formatted(seconds, MAX_SECONDS));
    }
}
