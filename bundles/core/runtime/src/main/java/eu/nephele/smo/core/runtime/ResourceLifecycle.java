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
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.Repeats;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.runtime.controller.Controllers;
import eu.nephele.smo.core.runtime.controller.Installed;
import eu.nephele.smo.core.runtime.document.Documents;
import eu.nephele.smo.core.runtime.measure.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Takes what users want of resources and stores it; passes act. */
final class ResourceDesk {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 5;

    private final ResourceStore store;
    private final Repetitions repetitions;
    private final Controllers controllers;
    private final Documents documents;
    private final OpenOperations operations;
    private final Tally tally;
    private final KindWorks work;
    private final Clock clock;
    private final ResourceEvents events;
    private final StatusNotes notes;

    ResourceDesk(
            Stored stored, Controllers controllers, Documents documents, Tally tally, KindWorks work, Clock clock) {
        this.store = stored.resources();
        this.repetitions = new Repetitions(stored.resources(), stored.repeats(), controllers);
        this.operations = stored.operations();
        this.controllers = controllers;
        this.documents = documents;
        this.tally = tally;
        this.work = work;
        this.clock = clock;
        this.events = new ResourceEvents(clock);
        this.notes = new StatusNotes(clock);
    }

    /**
     * What is kept of resources.
     *
     * @param operations that are open
     */
    record Stored(ResourceStore resources, Repeats repeats, OpenOperations operations) {}

    List<ResourceKind> kinds() {
        return controllers.kinds();
    }

    Optional<Resource> find(ResourceRef ref) {
        return store.find(ref).map(this::shown);
    }

    /** While its controller is away nobody knows whether a resource is still as it was. */
    private Resource shown(Resource resource) {
        return controllers.of(resource.ref().kind()).isPresent() ? resource : notes.left(resource);
    }

    List<Resource> list(ResourceQuery query) {
        controllers.of(query.kind()).map(Installed::kind).ifPresent(kind -> checkFields(kind, query));
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
        Installed installed = controllers.of(ref.kind()).orElseThrow(() -> away(ref.kind()));
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
        Alongside alongside = alongside("created", resource, List.of(operation));
        if (!store.insert(resource, Documents.chosenBy(kind, wish), alongside)) {
            return Optional.empty();
        }
        tally.came(ref.kind(), resource.status().phase());
        accepted(alongside, ref, Lane.CHANGE);
        return Optional.of(new Accepted(resource, true, Optional.of(operation)));
    }

    private Optional<Accepted> changed(Resource present, ResourceWish wish, ResourceKind kind, RequestOrigin origin) {
        if (present.leaving()) {
            throw SmoException.conflict(
                    "%s is being removed; it can be made again when it is gone".formatted(present.ref()));
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
        Alongside alongside = alongside("changed", next, withSuperseded(operation));
        if (!store.change(next, present.generation(), Documents.chosenBy(kind, wish), alongside)) {
            return Optional.empty();
        }
        accepted(alongside, present.ref(), Lane.CHANGE);
        return Optional.of(new Accepted(next, false, Optional.of(operation)));
    }

    /** A request that changes nothing is recognised, too: when it comes again, others may have asked for something else. */
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
                    "forgotten; what is outside was left");
            List<Operation> all = new ArrayList<>(operations.superseded(ref, operation.id()));
            operations.of(ref).stream()
                    .filter(open -> open.kind() == Kind.DELETE)
                    .map(open -> operations.ended(open, operation.message()))
                    .forEach(all::add);
            all.add(operation);
            Optional<ResourceStatus.Phase> gone =
                    store.forget(ref, present.generation(), alongside("removed", present, all));
            if (gone.isPresent()) {
                operations.stored(all);
                tally.went(ref.kind(), gone.get());
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
            Optional<Operation> leaving = operations.of(ref).stream()
                    .filter(operation -> operation.kind() == Kind.DELETE)
                    .findFirst();
            if (leaving.isPresent()) {
                operations.repeat(leaving.get(), origin);
                return leaving.get();
            }
            checkGeneration(ref, Optional.of(present), ifGeneration);
            Resource next = present.leaving(clock.instant());
            Operation operation = operations.begin(Kind.DELETE, ref, next.generation(), origin);
            Alongside alongside = alongside("leaving", next, withSuperseded(operation));
            ResourceWish same = new ResourceWish(present.desired(), present.labels(), OptionalLong.empty());
            if (store.change(next, present.generation(), chosenBy(ref, same), alongside)) {
                accepted(alongside, ref, Lane.REMOVAL);
                return operation;
            }
        }
        throw changedByOthers(ref);
    }

    /** Its controller may be away; then it is chosen by its labels only, until it is gone. */
    private Map<String, String> chosenBy(ResourceRef ref, ResourceWish wish) {
        return controllers
                .of(ref.kind())
                .map(installed -> Documents.chosenBy(installed.kind(), wish))
                .orElse(wish.labels());
    }

    private List<Operation> withSuperseded(Operation operation) {
        List<Operation> all = new ArrayList<>(operations.superseded(operation.target(), operation.id()));
        all.add(operation);
        return all;
    }

    /** @param changed of which the last is the new one */
    private Alongside alongside(String what, Resource resource, List<Operation> changed) {
        Operation fresh = changed.get(changed.size() - 1);
        Alongside alongside = Alongside.of(List.of(events.of(what, resource, Optional.of(fresh))), changed);
        return fresh.origin()
                .idempotency()
                .map(key -> alongside.with(
                        new IdempotencyRecord(key.key(), key.fingerprint(), fresh.id(), clock.instant())))
                .orElse(alongside);
    }

    private void accepted(Alongside alongside, ResourceRef ref, Lane lane) {
        List<Operation> changed = alongside.operations();
        operations.stored(changed.subList(0, changed.size() - 1));
        operations.enter(changed.get(changed.size() - 1));
        if (controllers.of(ref.kind()).isPresent()) {
            work.add(ref, lane);
        }
    }

    private static void checkGeneration(ResourceRef ref, Optional<Resource> present, OptionalLong wanted) {
        long is = present.map(Resource::generation).orElse(0L);
        if (wanted.isPresent() && wanted.getAsLong() != is) {
            throw SmoException.conflict(
                    is == 0
                            ? "%s is not there".formatted(ref)
                            : wanted.getAsLong() == 0
                                    ? "%s is there already".formatted(ref)
                                    : "%s has generation %d, not %d".formatted(ref, is, wanted.getAsLong()));
        }
    }

    private static SmoException changedByOthers(ResourceRef ref) {
        return SmoException.conflict("%s is being changed by others; try again".formatted(ref));
    }

    private static SmoException notFound(ResourceRef ref) {
        return SmoException.notFound("There is no %s".formatted(ref));
    }

    private static SmoException away(String kind) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "No bundle that is installed and in use has a controller of kind %s; what is there of it can be read and removed"
                        .formatted(kind),
                Optional.of(RETRY));
    }
}
