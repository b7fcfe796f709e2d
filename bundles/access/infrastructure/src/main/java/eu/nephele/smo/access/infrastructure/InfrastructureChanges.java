// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Requests for infrastructure, as changes of resources. Infrastructure without a resource is adopted. */
final class InfrastructureChanges {

    private static final int PAGE = 200;
    private static final int ATTEMPTS = 5;

    /** A generation that no resource has: a request with it changes nothing; a repeated one is still answered. */
    private static final OptionalLong NEVER = OptionalLong.of(Long.MAX_VALUE);

    private final ResourceService resources;
    private final OperationService operations;
    private final Authorizer authorizer;
    private final boolean full;

    /** @param full whether only repeated requests are accepted */
    InfrastructureChanges(ResourceService resources, OperationService operations, Authorizer authorizer, boolean full) {
        this.resources = resources;
        this.operations = operations;
        this.authorizer = authorizer;
        this.full = full;
    }

    /** @param made whether its resource was created for it */
    record Asked(Operation operation, boolean made) {}

    Asked create(String provider, JsonObject wish, CallContext call) {
        ResourceRef ref = InfrastructureNames.fresh(provider, call.origin());
        JsonObject desired = document(provider).with("wish", wish);
        try {
            return asked(apply(ref, wish(desired, OptionalLong.of(0)), call));
        } catch (SmoException refused) {
            boolean again = full
                    || refused.kind() == SmoException.Kind.CONFLICT
                    || refused.kind() == SmoException.Kind.NOT_FOUND;
            if (!again || call.origin().idempotency().isEmpty()) {
                throw refused;
            }
            return new Asked(first(ref, call).orElseThrow(() -> used(ref, refused, call)), false);
        }
    }

    /** The change of a repeated request: its infrastructure was deleted meanwhile, or its key is no longer kept. */
    private Optional<Operation> first(ResourceRef ref, CallContext call) {
        Optional<String> before = Optional.empty();
        List<Operation> page;
        do {
            page = operations.list(Optional.of(ref), before, false, PAGE, call);
            Optional<Operation> found = page.stream()
                    .filter(operation -> operation.kind() == Operation.Kind.APPLY
                            && operation
                                    .origin()
                                    .idempotency()
                                    .equals(call.origin().idempotency()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            before = page.isEmpty()
                    ? before
                    : Optional.of(page.get(page.size() - 1).id());
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    /** An idempotency key names the created resource: either that exists, or another caller uses the key. */
    private SmoException used(ResourceRef ref, SmoException refused, CallContext call) {
        boolean taken = refused.kind() == SmoException.Kind.NOT_FOUND
                ? authorizer.seesAny(call, InfrastructureRequests.KIND, InfrastructureRequests.SERVER)
                : resources.find(ref, call).isPresent();
        return taken && refused.kind() != SmoException.Kind.UNAVAILABLE
                ? SmoException.conflict(
                        "The Idempotency-Key was used before, for another request or by another caller; use a new key")
                : refused;
    }

    private Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call) {
        return full
                ? onlyAgain(
                        call, () -> resources.apply(ref, new ResourceWish(wish.desired(), wish.labels(), NEVER), call))
                : resources.apply(ref, wish, call);
    }

    private Operation remove(ResourceRef ref, CallContext call) {
        return full
                ? onlyAgain(call, () -> resources.remove(ref, NEVER, call))
                : resources.remove(ref, OptionalLong.empty(), call);
    }

    private static <T> T onlyAgain(CallContext call, Supplier<T> change) {
        if (call.origin().idempotency().isEmpty()) {
            throw InfrastructureRequests.full();
        }
        try {
            return change.get();
        } catch (SmoException refused) {
            throw refused.kind() == SmoException.Kind.CONFLICT ? InfrastructureRequests.full() : refused;
        }
    }

    Asked scale(String provider, String id, int nodes, CallContext call) {
        for (int attempt = 1; ; attempt++) {
            Optional<Resource> present = find(provider, id, call);
            JsonObject desired = present.map(Resource::desired)
                    .map(InfrastructureChanges::rebuild)
                    .orElseGet(() -> document(provider).with("id", new JsonString(id)))
                    .with("nodes", JsonNumber.of(nodes));
            ResourceRef ref = present.map(Resource::ref).orElseGet(() -> InfrastructureNames.adopted(provider, id));
            long generation = present.map(Resource::generation).orElse(0L);
            try {
                return asked(apply(
                        ref,
                        new ResourceWish(
                                desired, present.map(Resource::labels).orElse(Map.of()), OptionalLong.of(generation)),
                        call));
            } catch (SmoException refused) {
                boolean leaves = present.filter(Resource::leaving).isPresent();
                if (refused.kind() != SmoException.Kind.CONFLICT || leaves || attempt >= ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    /** The provider is called for each request, regardless of earlier ones. */
    private static JsonObject rebuild(JsonObject desired) {
        int attempt = desired.get("attempt")
                .flatMap(JsonValue::asNumber)
                .map(BigDecimal::intValue)
                .orElse(0);
        return desired.get("nodes").isPresent()
                ? desired.with("attempt", JsonNumber.of(attempt == Integer.MAX_VALUE ? 0 : attempt + 1))
                : desired;
    }

    Asked delete(String provider, String id, CallContext call) {
        ResourceRef ref =
                find(provider, id, call).map(Resource::ref).orElseGet(() -> InfrastructureNames.adopted(provider, id));
        try {
            // also the answer to a repeated request when everything has been removed
            return new Asked(remove(ref, call), false);
        } catch (SmoException refused) {
            if (refused.kind() != SmoException.Kind.NOT_FOUND) {
                throw refused;
            }
        }
        JsonObject desired = document(provider).with("id", new JsonString(id));
        apply(ref, wish(desired, OptionalLong.of(0)), call.withoutKey());
        return new Asked(remove(ref, call), true);
    }

    /** It was refused at once: a resource created for it has no infrastructure. */
    void takeBack(Asked asked, CallContext call) {
        ResourceRef ref = asked.operation().target();
        if (asked.made() && resources.find(ref, call).isPresent()) {
            resources.forget(ref, OptionalLong.empty(), call.withoutKey());
        }
    }

    private static Asked asked(Accepted accepted) {
        Operation operation = accepted.operation()
                .orElseThrow(() -> new IllegalStateException("%s has the requested state already"
                        .formatted(accepted.resource().ref())));
        return new Asked(operation, accepted.created());
    }

    private static JsonObject document(String provider) {
        return JsonObject.EMPTY.with("provider", new JsonString(provider));
    }

    private static ResourceWish wish(JsonObject desired, OptionalLong generation) {
        return new ResourceWish(desired, Map.of(), generation);
    }

    /** The resource of existing infrastructure: adopted under its name, or created here, and then found by its id. */
    private Optional<Resource> find(String provider, String id, CallContext call) {
        Optional<Resource> adopted = resources.find(InfrastructureNames.adopted(provider, id), call);
        return adopted.isPresent() ? adopted : scan(provider, id, call);
    }

    private Optional<Resource> scan(String provider, String id, CallContext call) {
        Optional<ResourceRef> after = Optional.empty();
        List<Resource> page;
        do {
            page = resources.list(
                    new ResourceQuery(
                            InfrastructureRequests.KIND,
                            Optional.empty(),
                            Map.of(),
                            Map.of("/provider", provider),
                            Optional.empty(),
                            after,
                            PAGE),
                    call);
            Optional<Resource> found =
                    page.stream().filter(resource -> isOf(resource, id)).findFirst();
            if (found.isPresent()) {
                return found;
            }
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).ref());
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private static boolean isOf(Resource resource, String id) {
        return resource.status()
                .observed()
                .get("id")
                .or(() -> resource.desired().get("id"))
                .flatMap(JsonValue::asString)
                .filter(id::equals)
                .isPresent();
    }
}
