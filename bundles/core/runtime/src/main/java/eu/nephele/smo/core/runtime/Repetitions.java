// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.IdempotencyKeys;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.runtime.controller.ControllerRegistry;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.util.Optional;
import java.util.function.Supplier;

/** Repeated requests are answered with their operation, whatever the present state. */
final class Repetitions {

    private final ResourceStore store;
    private final IdempotencyKeys idempotencyKeys;
    private final ControllerRegistry controllers;

    Repetitions(ResourceStore store, IdempotencyKeys idempotencyKeys, ControllerRegistry controllers) {
        this.store = store;
        this.idempotencyKeys = idempotencyKeys;
        this.controllers = controllers;
    }

    Operation once(RequestOrigin origin, Supplier<Operation> change) {
        return once(() -> idempotencyKeys.find(origin), change);
    }

    /** With a change that creates a resource, or changes its desired state. */
    Accepted once(ResourceRef ref, ResourceWish wish, RequestOrigin origin, Supplier<Accepted> change) {
        return once(
                () -> idempotencyKeys.find(origin).map(first -> accepted(ref, wish, ofCaller(first, ref, origin))),
                change);
    }

    private static <T> T once(Supplier<Optional<T>> repeated, Supplier<T> change) {
        Optional<T> before = repeated.get();
        if (before.isPresent()) {
            return before.get();
        }
        try {
            return change.get();
        } catch (SmoException refused) {
            if (refused.kind() != SmoException.Kind.CONFLICT) {
                throw refused;
            }
            // the same request may have come twice at once: the conflict of this one is then the result of the other
            // one
            return repeated.get().orElseThrow(() -> refused);
        }
    }

    /** Returns the earlier operation with the same key; that of another caller only for the same resource. */
    private static Operation ofCaller(Operation first, ResourceRef ref, RequestOrigin origin) {
        if (!first.target().equals(ref) && !first.origin().principal().equals(origin.principal())) {
            throw SmoException.notFound("%s not found".formatted(ref));
        }
        return first;
    }

    private Accepted accepted(ResourceRef ref, ResourceWish wish, Operation first) {
        // an operation that was over when it began has no stages, and made nothing
        boolean made = first.generation() == 1 && !first.stages().isEmpty();
        return new Accepted(store.find(ref).orElseGet(() -> gone(ref, wish, first)), made, Optional.of(first));
    }

    /** It was removed since: the resource as it was requested, as far as that is known. */
    private Resource gone(ResourceRef ref, ResourceWish wish, Operation first) {
        int version = controllers
                .find(ref.kind())
                .map(InstalledController::kind)
                .map(ResourceKind::documentVersion)
                .orElse(1);
        ResourceStatus status = new ResourceStatus(
                ResourceStatus.Phase.LEAVING,
                0,
                ResourceStatus.NOTHING.observed(),
                ResourceStatus.NOTHING.conditions());
        return new Resource(
                ref,
                "",
                first.generation(),
                version,
                wish.desired(),
                wish.labels(),
                true,
                status,
                first.createdAt(),
                first.createdAt());
    }
}
