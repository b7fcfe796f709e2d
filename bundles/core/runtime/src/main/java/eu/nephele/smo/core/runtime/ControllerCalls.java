// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.tenure.CurrentTenure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls controllers on threads that can be given up. A call that does not end although it was interrupted is lost: its
 * resource waits until it ends, so that no two calls work on it.
 */
final class ControllerCalls {

    private static final int MOST_STEPS = 100;

    private final RuntimeSettings settings;
    private final ResourceDocumentValidator documents;
    private final Clock clock;
    private final CurrentTenure held;
    private final Map<ResourceRef, ControllerCall> occupied = new ConcurrentHashMap<>();

    ControllerCalls(RuntimeSettings settings, ResourceDocumentValidator documents, Clock clock, CurrentTenure held) {
        this.settings = settings;
        this.documents = documents;
        this.clock = clock;
        this.held = held;
    }

    /** The delay until a call may begin; empty when it may now. */
    Optional<Duration> rest() {
        return held.rest();
    }

    /** Returns whether a controller has lost so many calls that it is not called. */
    boolean isBlocked(InstalledController installed) {
        return installed.lost().get() >= settings.lostCalls();
    }

    /**
     * @throws AdapterException thrown by it: an outside system refused, or does not answer
     * @throws ControllerFault it threw another exception, took too long, gave an unusable answer, or leaves; or the
     *     tenure is over
     */
    Reconciled call(InstalledController installed, Resource resource) throws ControllerFault {
        if (isBlocked(installed)) {
            throw new ControllerFault(
                    "ControllerBlocked",
                    "%d abandoned calls of the controller of %s go on; it is called again when one of them ends"
                            .formatted(installed.lost().get(), installed.origin()));
        }
        Tenure under = held.tenure().orElseThrow(ControllerFault::tenureEnded);
        ControllerCall call = new ControllerCall(
                installed,
                resource,
                documents,
                new ControllerCall.CallTerms(clock, settings.call(), under, held),
                ended -> occupied.remove(ended.resource().ref(), ended));
        @Nullable ControllerCall before = occupied.putIfAbsent(resource.ref(), call);
        if (before != null) {
            before.loseWhenLate();
            throw new ControllerFault(
                    "ControllerBlocked",
                    "An abandoned call for it has not ended; its controller is called again after that");
        }
        if (!installed.inside().enter()) {
            occupied.remove(resource.ref(), call);
            throw ControllerFault.leaves();
        }
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

    private Reconciled checked(InstalledController installed, Resource resource, Optional<Reconciled> answer)
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
                    installed, "answered %s for a resource that is not to be removed".formatted(given.outcome()));
        }
        if (given.steps().size() > MOST_STEPS) {
            throw ControllerFault.nonsense(
                    installed,
                    "answered %d steps, at most %d are kept"
                            .formatted(given.steps().size(), MOST_STEPS));
        }
        if (given.again().filter(Duration::isNegative).isPresent()) {
            throw ControllerFault.nonsense(installed, "answered a negative delay of the next pass");
        }
        Optional<String> reserved = ResourceStatusFactory.reserved(given.statements());
        if (reserved.isPresent()) {
            throw ControllerFault.nonsense(installed, "answered " + reserved.get());
        }
        return given;
    }

    private static int size(InstalledController installed, JsonObject observed) throws ControllerFault {
        try {
            return observed.toJson().length();
        } catch (StackOverflowError tooDeep) {
            throw ControllerFault.nonsense(installed, "answered an observed document that is nested too deeply");
        }
    }
}
