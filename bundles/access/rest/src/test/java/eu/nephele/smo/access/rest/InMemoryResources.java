// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceKind.Scope;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Keeps resources in a map: volumes of projects, licences of the server. */
final class InMemoryResources implements ResourceService {

    static final ResourceKind VOLUME =
            new ResourceKind("volume", Scope.PROJECT, 2, "{\"type\": \"object\"}", Set.of("/size", "/tier"));
    static final ResourceKind LICENCE = new ResourceKind("licence", Scope.SERVER, 1, "{}", Set.of());

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final InMemoryOperations operations;
    private final Map<ResourceRef, Resource> resources = new TreeMap<>();
    private final Map<String, Operation> byKey = new TreeMap<>();

    /** Kinds whose controller is there. */
    volatile List<ResourceKind> kinds = List.of(LICENCE, VOLUME);

    /** Done by others before a change that was compared. */
    volatile Runnable beforeChange = () -> {};

    InMemoryResources(InMemoryOperations operations) {
        this.operations = operations;
    }

    @Override
    public List<ResourceKind> kinds() {
        return kinds;
    }

    @Override
    public synchronized Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call) {
        Optional<Operation> repeated = repeated(call.origin());
        if (repeated.isPresent()) {
            boolean made =
                    repeated.get().generation() == 1 && !repeated.get().stages().isEmpty();
            return new Accepted(find(ref, CallContext.INTERNAL).orElseGet(() -> gone(ref, wish)), made, repeated);
        }
        ResourceKind kind = kinds.stream()
                .filter(known -> known.name().equals(ref.kind()))
                .findFirst()
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "No bundle has a controller of kind " + ref.kind(),
                        Optional.of(Duration.ofSeconds(5))));
        check(kind, ref, wish);
        othersFirst();
        Optional<Resource> present = find(ref, CallContext.INTERNAL);
        checkGeneration(present, wish.ifGeneration());
        if (present.filter(Resource::leaving).isPresent()) {
            throw SmoException.conflict("%s is being removed".formatted(ref));
        }
        if (present.filter(
                        is -> is.desired().equals(wish.desired()) && is.labels().equals(wish.labels()))
                .isPresent()) {
            return new Accepted(
                    present.get(),
                    false,
                    call.origin().idempotency().map(key -> needless(present.get(), call.origin())));
        }
        Resource next = new Resource(
                ref,
                present.map(Resource::uid).orElse("uid-" + ref.name()),
                present.map(Resource::generation).orElse(0L) + 1,
                kind.documentVersion(),
                wish.desired(),
                wish.labels(),
                false,
                present.map(Resource::status).orElse(ResourceStatus.NOTHING),
                START,
                START);
        resources.put(ref, next);
        Operation operation = begin(Operation.Kind.APPLY, next, call.origin());
        return new Accepted(next, present.isEmpty(), Optional.of(operation));
    }

    @Override
    public synchronized Operation remove(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        Optional<Operation> repeated = repeated(call.origin());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Resource present = known(ref);
        if (present.leaving()) {
            return operations
                    .list(Optional.of(ref), Optional.empty(), true, 1, CallContext.INTERNAL)
                    .get(0);
        }
        othersFirst();
        checkGeneration(find(ref, CallContext.INTERNAL), ifGeneration);
        Resource next = present.leaving(START);
        resources.put(ref, next);
        return begin(Operation.Kind.DELETE, next, call.origin());
    }

    @Override
    public synchronized Operation forget(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        Operation removal = remove(ref, ifGeneration, new CallContext(call.origin(), Optional.empty()));
        resources.remove(ref);
        return operations.end(removal.id(), Operation.State.SUCCEEDED, Optional.empty());
    }

    private void othersFirst() {
        Runnable others = beforeChange;
        beforeChange = () -> {};
        others.run();
    }

    private Operation begin(Operation.Kind kind, Resource resource, RequestOrigin origin) {
        Operation operation =
                operations.begin(kind, resource.ref(), resource.generation(), origin, Operation.State.PENDING);
        origin.idempotency().map(IdempotencyKey::key).ifPresent(key -> byKey.put(key, operation));
        return operation;
    }

    /** One that was over when it began. */
    private Operation needless(Resource resource, RequestOrigin origin) {
        Operation begun = begin(Operation.Kind.APPLY, resource, origin);
        Operation over = new Operation(
                begun.id(),
                begun.kind(),
                begun.target(),
                Operation.State.SUCCEEDED,
                begun.generation(),
                0,
                origin,
                begun.times().changed(START, true),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
        operations.put(over);
        return over;
    }

    private static Resource gone(ResourceRef ref, ResourceWish wish) {
        ResourceStatus status = new ResourceStatus(Phase.LEAVING, 0, JsonObject.EMPTY, List.of());
        return new Resource(ref, "", 1, 1, wish.desired(), wish.labels(), true, status, START, START);
    }

    private Optional<Operation> repeated(RequestOrigin origin) {
        Optional<Operation> first =
                origin.idempotency().map(IdempotencyKey::key).map(byKey::get);
        if (first.isPresent() && !first.get().origin().idempotency().equals(origin.idempotency())) {
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE, "smo", "The key stands for another request", Optional.empty());
        }
        return first.map(Operation::id).flatMap(id -> operations.find(id, CallContext.INTERNAL));
    }

    private static void check(ResourceKind kind, ResourceRef ref, ResourceWish wish) {
        List<Violation> violations = new ArrayList<>();
        if ((kind.scope() == Scope.PROJECT) == ref.project().isEmpty()) {
            violations.add(new Violation("/project", "'%s' is no project of it".formatted(ref.project())));
        }
        if (wish.desired().get("size").flatMap(JsonValue::asNumber).isEmpty()) {
            violations.add(new Violation("/desired/size", "expected a number"));
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("%s is not valid".formatted(ref), violations);
        }
    }

    private static void checkGeneration(Optional<Resource> present, OptionalLong wanted) {
        long is = present.map(Resource::generation).orElse(0L);
        if (wanted.isPresent() && wanted.getAsLong() != is) {
            throw SmoException.conflict("It has generation %d, not %d".formatted(is, wanted.getAsLong()));
        }
    }

    private Resource known(ResourceRef ref) {
        return find(ref, CallContext.INTERNAL).orElseThrow(() -> SmoException.notFound("There is no " + ref));
    }

    @Override
    public synchronized Optional<Resource> find(ResourceRef ref, CallContext call) {
        return Optional.ofNullable(resources.get(ref));
    }

    @Override
    public synchronized List<Resource> list(ResourceQuery query, CallContext call) {
        Optional<ResourceKind> kind = kinds.stream()
                .filter(known -> known.name().equals(query.kind()))
                .findFirst();
        query.fields().keySet().stream()
                .filter(field -> kind.isPresent() && !kind.get().fields().contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw SmoException.invalid(
                            "The query is not valid", List.of(new Violation("/field", "not chosen by " + field)));
                });
        return resources.values().stream()
                .filter(resource -> isChosen(resource, query))
                .limit(query.limit())
                .toList();
    }

    private static boolean isChosen(Resource resource, ResourceQuery query) {
        ResourceRef ref = resource.ref();
        return ref.kind().equals(query.kind())
                && query.project().map(ref.project()::equals).orElse(true)
                && query.phase().map(resource.status().phase()::equals).orElse(true)
                && query.after().map(after -> ref.compareTo(after) > 0).orElse(true)
                && resource.labels().entrySet().containsAll(query.labels().entrySet())
                && query.fields().entrySet().stream().allMatch(field -> resource.desired()
                        .get(field.getKey().substring(1))
                        .map(value -> value.asString().orElseGet(value::toJson))
                        .filter(field.getValue()::equals)
                        .isPresent());
    }

    @Override
    public void wake(ResourceRef ref) {
        throw new UnsupportedOperationException("the interface sees nothing outside");
    }

    /** Its controller has said how far it is. */
    synchronized void observe(ResourceRef ref, Phase phase) {
        Resource was = known(ref);
        Condition condition =
                new Condition("Ready", Condition.Status.TRUE, "AsDesired", "all of it", START, was.generation());
        resources.put(
                ref,
                new Resource(
                        ref,
                        was.uid(),
                        was.generation(),
                        was.documentVersion(),
                        was.desired(),
                        was.labels(),
                        was.leaving(),
                        new ResourceStatus(
                                phase,
                                was.generation(),
                                JsonObject.EMPTY.with("used", JsonNumber.of(3)),
                                List.of(condition)),
                        was.createdAt(),
                        was.updatedAt()));
    }

    /** Nothing of it is left. */
    synchronized void forget(ResourceRef ref) {
        resources.remove(ref);
    }
}
