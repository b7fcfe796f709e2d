// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls controllers on threads that can be given up. A call that does not end although it was interrupted is lost: its resource is
 * left alone until it ends, so that nobody works on it twice.
 */
final class ControllerCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerCalls.class);

    private static final int MOST_STEPS = 100;

    private final RuntimeSettings settings;
    private final Documents documents;
    private final Clock clock;
    private final Set<ResourceRef> occupied = ConcurrentHashMap.newKeySet();

    ControllerCalls(RuntimeSettings settings, Documents documents, Clock clock) {
        this.settings = settings;
        this.documents = documents;
        this.clock = clock;
    }

    /** Whether so many calls of a controller are lost that it is not asked. */
    boolean isBlocked(Installed installed) {
        return installed.lost().get() >= settings.lostCalls();
    }

    /**
     * Asks a controller what becomes of a resource.
     *
     * @throws AdapterException thrown by it: an outside system said no, or does not answer
     * @throws ControllerFault it threw something else, took too long, gave nonsense, or goes
     */
    Reconciled call(Installed installed, Resource resource) throws ControllerFault {
        if (isBlocked(installed)) {
            throw new ControllerFault(
                    "ControllerBlocked",
                    "%d calls of the controller of %s do not end although they were given up; it is asked again when one ends, or it is replaced"
                            .formatted(installed.lost().get(), installed.origin()));
        }
        if (!occupied.add(resource.ref())) {
            throw new ControllerFault(
                    "ControllerBlocked",
                    "A call about it that was given up has not ended; it is left alone until then");
        }
        if (!installed.inside().enter()) {
            occupied.remove(resource.ref());
            throw new ControllerFault("ControllerLeaves", "Its controller is being replaced or removed");
        }
        Call call = new Call(installed, resource);
        Thread thread = new Thread(
                PluginThreads.group(installed.bundle().getBundleId()),
                call,
                "smo-controller-" + installed.kind().name());
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            thread.start();
        } catch (Throwable noThread) {
            call.end();
            throw noThread;
        }
        return checked(installed, resource, call.answer(thread));
    }

    private Reconciled checked(Installed installed, Resource resource, Optional<Reconciled> answer)
            throws ControllerFault {
        Reconciled given = answer.orElseThrow(() -> ControllerFault.nonsense(installed, "answered nothing"));
        int size = size(installed, given.observed());
        if (size > settings.maxDocumentBytes()) {
            throw ControllerFault.nonsense(
                    installed,
                    "answered an observed document of %d characters, at most %d are kept"
                            .formatted(size, settings.maxDocumentBytes()));
        }
        boolean ofRemoval = given.outcome() == Reconciled.Outcome.GONE || given.outcome() == Reconciled.Outcome.KEPT;
        if (ofRemoval && !resource.leaving()) {
            throw ControllerFault.nonsense(
                    installed, "answered %s for a resource that nobody wants to be removed".formatted(given.outcome()));
        }
        if (given.steps().size() > MOST_STEPS) {
            throw ControllerFault.nonsense(
                    installed,
                    "answered %d steps, at most %d are kept"
                            .formatted(given.steps().size(), MOST_STEPS));
        }
        if (given.again().filter(Duration::isNegative).isPresent()) {
            throw ControllerFault.nonsense(installed, "answered a next look in the past");
        }
        Optional<String> reserved = StatusNotes.reserved(given.statements());
        if (reserved.isPresent()) {
            throw ControllerFault.nonsense(installed, "answered " + reserved.get());
        }
        return given;
    }

    private static int size(Installed installed, JsonObject observed) throws ControllerFault {
        try {
            return observed.toJson().length();
        } catch (StackOverflowError tooDeep) {
            throw ControllerFault.nonsense(installed, "answered an observed document that is nested too deeply");
        }
    }

    /** One call on a thread of its own. */
    private final class Call implements Reconciliation, Runnable {

        private final Installed installed;
        private final Resource resource;
        private final CompletableFuture<Optional<Reconciled>> result = new CompletableFuture<>();
        private final long endNanos = System.nanoTime() + settings.call().toNanos();
        private boolean ended;
        private boolean lost;

        Call(Installed installed, Resource resource) {
            this.installed = installed;
            this.resource = resource;
        }

        @Override
        @SuppressWarnings("ConstantValue") // others may give null where they must not
        public void run() {
            try {
                Optional<Reconciled> answer = Optional.ofNullable(
                        installed.controller().reconcile(documents.current(resource, installed), this));
                end();
                result.complete(answer);
            } catch (Throwable thrown) {
                end();
                result.completeExceptionally(thrown);
            }
        }

        /** Before its answer is told: whoever hears it may begin the next call. */
        private synchronized void end() {
            ended = true;
            if (lost) {
                installed.lost().decrementAndGet();
                LOG.info("resource={} the lost call of its controller has ended", resource.ref());
            }
            occupied.remove(resource.ref());
            installed.inside().leave();
        }

        private synchronized void giveUp(Thread thread) {
            thread.interrupt();
            if (!ended) {
                lost = true;
                installed.lost().incrementAndGet();
            }
        }

        Optional<Reconciled> answer(Thread thread) throws ControllerFault {
            try {
                return result.get(settings.call().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                giveUp(thread);
                LOG.warn("resource={} a call of the controller of {} was given up", resource.ref(), installed.origin());
                throw new ControllerFault(
                        "ControllerTimedOut",
                        "The controller of %s did not answer within %d ms"
                                .formatted(installed.origin(), settings.call().toMillis()));
            } catch (ExecutionException thrown) {
                if (thrown.getCause() instanceof AdapterException outside) {
                    throw outside;
                } else if (thrown.getCause() instanceof ControllerFault fault) {
                    throw fault;
                }
                LOG.warn(
                        "resource={} the controller of {} failed",
                        resource.ref(),
                        installed.origin(),
                        thrown.getCause());
                throw ControllerFault.nonsense(installed, "failed: " + thrown.getCause());
            } catch (InterruptedException ending) {
                giveUp(thread);
                Thread.currentThread().interrupt();
                throw ControllerFault.ending();
            }
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Duration remaining() {
            return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
        }
    }
}
