// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.store.IdempotencyKeys;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.runtime.controller.ControllerRegistry;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.measure.ResourceCounter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Takes changes of users to resources and stores them; passes act. */
final class ResourceLifecycle {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 5;

    private final ResourceStore store;
    private final Repetitions repetitions;
    private final ControllerRegistry controllers;
    private final ResourceDocumentValidator documents;
    private final OpenOperations operations;
    private final ResourceCounter resourceCounter;
    private final KindWorkQueues work;
    private final Clock clock;
    private final ResourceEventFactory events;
    private final ResourceStatusFactory notes;

    ResourceLifecycle(
            ResourceStores resourceStores,
            ControllerRegistry controllers,
            ResourceDocumentValidator documents,
            ResourceCounter resourceCounter,
            KindWorkQueues work,
            Clock clock) {
        this.store = resourceStores.resources();
        this.repetitions = new Repetitions(resourceStores.resources(), resourceStores.idempotencyKeys(), controllers);
        this.operations = resourceStores.operations();
        this.controllers = controllers;
        this.documents = documents;
        this.resourceCounter = resourceCounter;
        this.work = work;
        this.clock = clock;
        this.events = new ResourceEventFactory(clock);
        this.notes = new ResourceStatusFactory(clock);
    }

    record ResourceStores(ResourceStore resources, IdempotencyKeys idempotencyKeys, OpenOperations operations) {}

    List<ResourceKind> kinds() {
        return controllers.kinds();
    }

    Optional<Resource> find(ResourceRef ref) {
        return store.find(ref).map(this::shown);
    }

    /** While its controller is unavailable the present state of a resource is unknown. */
    private Resource shown(Resource resource) {
        return controllers.find(resource.ref().kind()).isPresent() ? resource : notes.left(resource);
    }

    List<Resource> list(ResourceQuery query) {
        controllers.find(query.kind()).map(InstalledController::kind).ifPresent(kind -> checkFields(kind, query));
        return store.list(query).stream().map(this::shown).toList();
    }

    private static void checkFields(ResourceKind kind, ResourceQuery query) {
        for (String field : query.fields().keySet()) {
            if (!kind.fields().contains(field)) {
                String message = "resources of kind %s are not chosen by %s, but by %s"
                        .formatted(
                                kind.name(),
                                field,
                                kind.fields().stream().sorted().toList());
                throw SmoException.invalid(message, List.of(new Violation("/field", message)));
            }
        }
    }

    void wake(ResourceRef ref) {
        work.news(ref);
    }

    Accepted apply(ResourceRef ref, ResourceWish wish, RequestOrigin origin) {
        return repetitions.once(ref, wish, origin, () -> applied(ref, wish, origin));
    }

    private Accepted applied(ResourceRef ref, ResourceWish wish, RequestOrigin origin) {
        InstalledController installed = controllers.find(ref.kind()).orElseThrow(() -> away(ref.kind()));
        documents.check(installed, ref, wish);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Resource> present = store.find(ref);
            checkGeneration(ref, present, wish.ifGeneration());
            Optional<Accepted> accepted = present.isPresent()
                    ? changed(present.get(), wish, installed.kind(), origin)
                    : created(ref, wish, installed.kind(), origin);
            if (accepted.isPresent()) {
                return accepted.get();
            }
        }
        throw changedByOthers(ref);
    }

    private Optional<Accepted> created(ResourceRef ref, ResourceWish wish, ResourceKind kind, RequestOrigin origin) {
        Instant now = clock.instant();
        Resource resource = new Resource(
                ref,
                UUID.randomUUID().toString(),
                1,
                kind.documentVersion(),
                wish.desired(),
                wish.labels(),
                false,
                ResourceStatus.NOTHING,
                now,
                now);
        Operation operation = operations.begin(Kind.APPLY, ref, 1, origin);
        TransactionalWrites transactionalWrites = alongside("created", resource, List.of(operation));
        if (!store.insert(resource, ResourceDocumentValidator.chosenBy(kind, wish), transactionalWrites)) {
            return Optional.empty();
        }
        resourceCounter.came(ref.kind(), resource.status().phase());
        accepted(transactionalWrites, ref, PriorityLevel.CHANGE);
        return Optional.of(new Accepted(resource, true, Optional.of(operation)));
    }

    private Optional<Accepted> changed(Resource present, ResourceWish wish, ResourceKind kind, RequestOrigin origin) {
        if (present.leaving()) {
            throw SmoException.conflict(
                    "%s is being removed; it can be created again when it is gone".formatted(present.ref()));
        }
        if (present.documentVersion() == kind.documentVersion()
                && present.desired().canonical().equals(wish.desired().canonical())
                && present.labels().equals(wish.labels())) {
            return Optional.of(new Accepted(present, false, unchanged(present, origin)));
        }
        Resource next = new Resource(
                present.ref(),
                present.uid(),
                present.generation() + 1,
                kind.documentVersion(),
                wish.desired(),
                wish.labels(),
                false,
                present.status(),
                present.createdAt(),
                clock.instant());
        Operation operation = operations.begin(Kind.APPLY, present.ref(), next.generation(), origin);
        TransactionalWrites transactionalWrites = alongside("changed", next, withSuperseded(operation));
        if (!store.change(
                next, present.generation(), ResourceDocumentValidator.chosenBy(kind, wish), transactionalWrites)) {
            return Optional.empty();
        }
        accepted(transactionalWrites, present.ref(), PriorityLevel.CHANGE);
        return Optional.of(new Accepted(next, false, Optional.of(operation)));
    }

    /** A request that changes nothing is recorded, too: when it comes again, others may have changed the resource. */
    private Optional<Operation> unchanged(Resource present, RequestOrigin origin) {
        Optional<Operation> needless =
                origin.idempotency().map(key -> operations.needless(present.ref(), present.generation(), origin));
        needless.ifPresent(operation -> operations.repeat(operation, origin));
        return needless;
    }

    Operation forget(ResourceRef ref, OptionalLong ifGeneration, RequestOrigin origin) {
        return repetitions.once(origin, () -> forgotten(ref, ifGeneration, origin));
    }

    private Operation forgotten(ResourceRef ref, OptionalLong ifGeneration, RequestOrigin origin) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Resource present = store.find(ref).orElseThrow(() -> notFound(ref));
            checkGeneration(ref, Optional.of(present), ifGeneration);
            Operation operation = operations.ended(
                    operations.begin(Kind.DELETE, ref, present.generation(), origin),
                    "forgotten; everything outside was left in place");
            List<Operation> all = new ArrayList<>(operations.superseded(ref, operation.id()));
            operations.list(ref).stream()
                    .filter(open -> open.kind() == Kind.DELETE)
                    .map(open -> operations.ended(open, operation.message()))
                    .forEach(all::add);
            all.add(operation);
            Optional<ResourceStatus.Phase> gone =
                    store.forget(ref, present.generation(), alongside("removed", present, all));
            if (gone.isPresent()) {
                operations.stored(all);
                resourceCounter.went(ref.kind(), gone.get());
                return operation;
            }
        }
        throw changedByOthers(ref);
    }

    Operation remove(ResourceRef ref, OptionalLong ifGeneration, RequestOrigin origin) {
        return repetitions.once(origin, () -> removed(ref, ifGeneration, origin));
    }

    private Operation removed(ResourceRef ref, OptionalLong ifGeneration, RequestOrigin origin) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Resource present = store.find(ref).orElseThrow(() -> notFound(ref));
            Optional<Operation> leaving = operations.list(ref).stream()
                    .filter(operation -> operation.kind() == Kind.DELETE)
                    .findFirst();
            if (leaving.isPresent()) {
                operations.repeat(leaving.get(), origin);
                return leaving.get();
            }
            checkGeneration(ref, Optional.of(present), ifGeneration);
            Resource next = present.leaving(clock.instant());
            Operation operation = operations.begin(Kind.DELETE, ref, next.generation(), origin);
            TransactionalWrites transactionalWrites = alongside("leaving", next, withSuperseded(operation));
            ResourceWish same = new ResourceWish(present.desired(), present.labels(), OptionalLong.empty());
            if (store.change(next, present.generation(), chosenBy(ref, same), transactionalWrites)) {
                accepted(transactionalWrites, ref, PriorityLevel.REMOVAL);
                return operation;
            }
        }
        throw changedByOthers(ref);
    }

    /** Its controller may be unavailable; then the resource is selected by its labels only, until it is gone. */
    private Map<String, String> chosenBy(ResourceRef ref, ResourceWish wish) {
        return controllers
                .find(ref.kind())
                .map(installed -> ResourceDocumentValidator.chosenBy(installed.kind(), wish))
                .orElse(wish.labels());
    }

    private List<Operation> withSuperseded(Operation operation) {
        List<Operation> all = new ArrayList<>(operations.superseded(operation.target(), operation.id()));
        all.add(operation);
        return all;
    }

    /** @param changed of which the last is the new one */
    private TransactionalWrites alongside(String what, Resource resource, List<Operation> changed) {
        Operation fresh = changed.get(changed.size() - 1);
        TransactionalWrites transactionalWrites =
                TransactionalWrites.of(List.of(events.create(what, resource, Optional.of(fresh))), changed);
        return fresh.origin()
                .idempotency()
                .map(key -> transactionalWrites.with(
                        new IdempotencyRecord(key.key(), key.fingerprint(), fresh.id(), clock.instant())))
                .orElse(transactionalWrites);
    }

    private void accepted(TransactionalWrites transactionalWrites, ResourceRef ref, PriorityLevel priorityLevel) {
        List<Operation> changed = transactionalWrites.operations();
        operations.stored(changed.subList(0, changed.size() - 1));
        operations.enter(changed.get(changed.size() - 1));
        if (controllers.find(ref.kind()).isPresent()) {
            work.add(ref, priorityLevel);
        }
    }

    private static void checkGeneration(ResourceRef ref, Optional<Resource> present, OptionalLong wanted) {
        long is = present.map(Resource::generation).orElse(0L);
        if (wanted.isPresent() && wanted.getAsLong() != is) {
            throw SmoException.conflict(
                    is == 0
                            ? "%s does not exist".formatted(ref)
                            : wanted.getAsLong() == 0
                                    ? "%s exists already".formatted(ref)
                                    : "%s has generation %d, not %d".formatted(ref, is, wanted.getAsLong()));
        }
    }

    private static SmoException changedByOthers(ResourceRef ref) {
        return SmoException.conflict("%s is being changed by others; try again".formatted(ref));
    }

    private static SmoException notFound(ResourceRef ref) {
        return SmoException.notFound("%s not found".formatted(ref));
    }

    private static SmoException away(String kind) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "No controller of kind %s is available; its resources can only be read and removed".formatted(kind),
                Optional.of(RETRY));
    }
}
