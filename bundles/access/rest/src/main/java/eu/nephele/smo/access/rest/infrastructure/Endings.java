// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.infrastructure;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How wishes of providers end, in the words of this interface. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private Endings() {}

    /** What a failure of a provider is to whoever asked. */
    static Fault of(String provider, Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && (failure instanceof CompletionException || failure instanceof ExecutionException)) {
            return of(provider, cause);
        }
        if (failure instanceof AdapterException outside) {
            LOG.debug("provider={} says no", provider, outside);
            return new Fault(kind(outside), outside.system(), outside.getMessage(), outside.retryAfter());
        }
        LOG.error("provider={} has failed unexpectedly", provider, failure);
        return new Fault(
                SmoException.Kind.UPSTREAM_FAILED,
                provider,
                "The provider %s has a defect; the log says more".formatted(provider),
                Optional.empty());
    }

    private static SmoException.Kind kind(AdapterException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
            case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
            case NOT_FOUND -> SmoException.Kind.NOT_FOUND;
            case CONFLICT -> SmoException.Kind.CONFLICT;
            case REFUSED -> SmoException.Kind.UPSTREAM_FAILED;
        };
    }

    /** Waits a moment for a stage that ends at once or nearly so; how it ends is told elsewhere. */
    static void await(CompletionStage<?> stage, Duration patience) {
        try {
            stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException goesOnOrIsNoted) {
            LOG.trace("Not done at once", goesOnOrIsNoted);
        }
    }
}
