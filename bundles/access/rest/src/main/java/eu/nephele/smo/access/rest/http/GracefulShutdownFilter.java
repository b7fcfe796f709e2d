// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.ShutdownSignal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the REST API gracefully: on an update or a new configuration, waiting calls are answered at once with the
 * present state, the others complete, and only then the classes are unloaded. It surrounds all other filters but that
 * of the correlation id and counts a call until only bytes are left to be written.
 */
@PreMatching
@Priority(Integer.MIN_VALUE + 1)
public final class GracefulShutdownFilter
        implements ContainerRequestFilter, ContainerResponseFilter, ShutdownSignal, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GracefulShutdownFilter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String PROPERTY = "smo.inside";

    private final ShutdownGate calls = new ShutdownGate();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicLong hurryUntilNanos = new AtomicLong(System.nanoTime());

    /** @throws SmoException {@code UNAVAILABLE}: the REST API is stopping */
    @Override
    public void filter(ContainerRequestContext request) {
        if (!calls.enter()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The REST API is being updated. Try again",
                    Optional.of(SOON));
        }
        request.setProperty(PROPERTY, true);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) != null) {
            request.removeProperty(PROPERTY);
            calls.leave();
        }
    }

    @Override
    public void pause(Duration atMost) {
        try {
            boolean goes = ending.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            log.trace("pause of rest api ended ending={}", goes);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isEnding() {
        return calls.isClosed() || System.nanoTime() - hurryUntilNanos.get() < 0;
    }

    /** Answers waiting calls during that time as if their time-out had expired. */
    public void hurry(Duration time) {
        hurryUntilNanos.set(System.nanoTime() + time.toNanos());
    }

    /** Lets the calls end, and waits for that for a limited time. */
    @Override
    public void close() {
        calls.close();
        ending.countDown();
        int left = calls.awaitLast(PATIENCE);
        if (left > 0) {
            log.warn("rest api stopped with open calls calls={} waitedSeconds={}", left, PATIENCE.toSeconds());
        }
    }
}
