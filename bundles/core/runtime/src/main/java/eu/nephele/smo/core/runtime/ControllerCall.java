// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.tenure.CurrentTenure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a controller on a thread of its own. */
final class ControllerCall implements Reconciliation, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerCall.class);

    /** Longest delay until the end of the tenure is noticed: nothing reports it. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final InstalledController installed;
    private final Resource resource;
    private final ResourceDocumentValidator documents;
    private final CallTerms terms;
    private final Consumer<ControllerCall> onEnd;
    private final CompletableFuture<Optional<Reconciled>> result = new CompletableFuture<>();
    private final long endNanos;
    private volatile boolean givenUp;
    // guarded by this
    private boolean ended;
    // guarded by this
    private boolean lost;

    /**
     * @param longest it is given up after it
     * @param under the tenure that it is begun under
     */
    record CallTerms(Clock clock, Duration longest, Tenure under, CurrentTenure held) {}

    /** @param onEnd called when the call has ended, also long after it was given up */
    ControllerCall(
            InstalledController installed,
            Resource resource,
            ResourceDocumentValidator documents,
            CallTerms terms,
            Consumer<ControllerCall> onEnd) {
        this.installed = installed;
        this.resource = resource;
        this.documents = documents;
        this.terms = terms;
        this.onEnd = onEnd;
        this.endNanos = System.nanoTime() + terms.longest().toNanos();
    }

    Resource resource() {
        return resource;
    }

    @Override
    @SuppressWarnings("ConstantValue") // others may give null where they must not
    public void run() {
        try {
            Optional<Reconciled> answer =
                    Optional.ofNullable(installed.controller().reconcile(documents.current(resource, installed), this));
            end();
            result.complete(answer);
        } catch (Throwable thrown) {
            end();
            result.completeExceptionally(thrown);
        }
    }

    /** Before its answer is returned: the caller may begin the next call then. */
    synchronized void end() {
        ended = true;
        if (lost) {
            installed.lost().decrementAndGet();
            LOG.info("abandoned controller call ended resource={}", resource.ref());
        }
        onEnd.accept(this);
        installed.inside().leave();
    }

    private synchronized void giveUp(Thread thread, boolean counts) {
        givenUp = true;
        thread.interrupt();
        if (counts) {
            lose();
        }
    }

    /** A call given up for no fault of its own that continues beyond its time limit is lost like any other. */
    synchronized void loseWhenLate() {
        if (ownTime().isZero()) {
            lose();
        }
    }

    // guarded by this
    private void lose() {
        if (!ended && !lost) {
            lost = true;
            installed.lost().incrementAndGet();
        }
    }

    /** @throws ControllerFault it gave no usable answer, or none in time, or the tenure has ended */
    Optional<Reconciled> answer(Thread thread) throws ControllerFault {
        try {
            return awaited(thread);
        } catch (ExecutionException thrown) {
            throw fault(Optional.ofNullable(thrown.getCause()).orElse(thrown));
        } catch (InterruptedException ending) {
            giveUp(thread, true);
            Thread.currentThread().interrupt();
            throw ControllerFault.ending();
        }
    }

    private Optional<Reconciled> awaited(Thread thread)
            throws ControllerFault, ExecutionException, InterruptedException {
        while (true) {
            try {
                Duration rest = shorter(LOOK, remaining());
                return result.get(rest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                if (tenureLeft().isZero()) {
                    giveUp(thread, false);
                    throw ControllerFault.tenureEnded();
                }
                if (ownTime().isZero()) {
                    giveUp(thread, true);
                    LOG.warn("controller call abandoned resource={} plugin=\"{}\"", resource.ref(), installed.origin());
                    throw new ControllerFault(
                            "ControllerTimedOut",
                            "The controller of %s did not answer within %d ms"
                                    .formatted(
                                            installed.origin(), terms.longest().toMillis()));
                }
            }
        }
    }

    /** Without a tenure outside systems cannot be called: an exception of a controller does not concern it then. */
    private ControllerFault fault(Throwable thrown) {
        if (thrown instanceof ControllerFault known) {
            return known;
        } else if (tenureLeft().isZero()) {
            LOG.warn(
                    "controller call failed at the end of the tenure resource={} reason=\"{}\"",
                    resource.ref(),
                    thrown.toString());
            return ControllerFault.tenureEnded();
        } else if (thrown instanceof AdapterException outside) {
            throw outside;
        }
        LOG.warn("controller call failed resource={} plugin=\"{}\"", resource.ref(), installed.origin(), thrown);
        return ControllerFault.nonsense(installed, "failed: " + thrown);
    }

    @Override
    public Clock clock() {
        return terms.clock();
    }

    @Override
    public Duration remaining() {
        return givenUp ? Duration.ZERO : shorter(ownTime(), tenureLeft());
    }

    @Override
    public Optional<Tenure> tenure() {
        return Optional.of(terms.under());
    }

    private Duration tenureLeft() {
        return terms.held().left(terms.under());
    }

    private Duration ownTime() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
