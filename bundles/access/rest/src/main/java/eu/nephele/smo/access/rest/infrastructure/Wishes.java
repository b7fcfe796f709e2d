// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.infrastructure;

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
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What somebody wants of infrastructure, as changes of resources. What has none is adopted. */
final class Wishes {

    private static final int PAGE = 200;
    private static final int ATTEMPTS = 5;

    private final ResourceService resources;
    private final OperationService operations;

    Wishes(ResourceService resources, OperationService operations) {
        this.resources = resources;
        this.operations = operations;
    }

    /**
     * What was asked for.
     *
     * @param made whether its resource was made for it
     */
    record Asked(Operation operation, boolean made) {}

    Asked create(String provider, JsonObject wish, CallContext call) {
        ResourceRef ref = Names.fresh(provider, call.origin());
        JsonObject desired = document(provider).with("wish", wish);
        try {
            return asked(resources.apply(ref, wish(desired, OptionalLong.empty()), call));
        } catch (SmoException refused) {
            // a request that comes again, whose infrastructure was deleted meanwhile
            Optional<Operation> first =
                    refused.kind() == SmoException.Kind.NOT_FOUND ? first(ref, call) : Optional.empty();
            return new Asked(first.orElseThrow(() -> refused), false);
        }
    }

    private Optional<Operation> first(ResourceRef ref, CallContext call) {
        return operations.list(Optional.of(ref), Optional.empty(), false, PAGE, call).stream()
                .filter(operation -> operation.kind() == Operation.Kind.APPLY)
                .reduce((newer, older) -> older);
    }

    Asked scale(String provider, String id, int nodes, CallContext call) {
        for (int attempt = 1; ; attempt++) {
            Optional<Resource> present = find(provider, id, call);
            JsonObject desired = present.map(Resource::desired)
                    .map(Wishes::again)
                    .orElseGet(() -> document(provider).with("id", new JsonString(id)))
                    .with("nodes", JsonNumber.of(nodes));
            ResourceRef ref = present.map(Resource::ref).orElseGet(() -> Names.adopted(provider, id));
            long generation = present.map(Resource::generation).orElse(0L);
            try {
                return asked(resources.apply(
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

    /** The provider is asked each time somebody asks for it, whatever it was asked for before. */
    private static JsonObject again(JsonObject desired) {
        int attempt = desired.get("attempt")
                .flatMap(JsonValue::asNumber)
                .map(BigDecimal::intValue)
                .orElse(0);
        return desired.get("nodes").isPresent()
                ? desired.with("attempt", JsonNumber.of(attempt == Integer.MAX_VALUE ? 0 : attempt + 1))
                : desired;
    }

    Asked delete(String provider, String id, CallContext call) {
        ResourceRef ref = find(provider, id, call).map(Resource::ref).orElseGet(() -> Names.adopted(provider, id));
        try {
            // also the answer to a request that comes again when everything is gone
            return new Asked(resources.remove(ref, OptionalLong.empty(), call), false);
        } catch (SmoException refused) {
            if (refused.kind() != SmoException.Kind.NOT_FOUND) {
                throw refused;
            }
        }
        JsonObject desired = document(provider).with("id", new JsonString(id));
        resources.apply(ref, wish(desired, OptionalLong.of(0)), call.withoutKey());
        return new Asked(resources.remove(ref, OptionalLong.empty(), call), true);
    }

    /** It was refused at once: a resource that was made for it is one of nothing. */
    void takeBack(Asked asked, CallContext call) {
        ResourceRef ref = asked.operation().target();
        if (asked.made() && resources.find(ref, call).isPresent()) {
            resources.forget(ref, OptionalLong.empty(), call.withoutKey());
        }
    }

    private static Asked asked(Accepted accepted) {
        Operation operation = accepted.operation()
                .orElseThrow(() -> new IllegalStateException("%s was asked for what it is already"
                        .formatted(accepted.resource().ref())));
        return new Asked(operation, accepted.created());
    }

    private static JsonObject document(String provider) {
        return JsonObject.EMPTY.with("provider", new JsonString(provider));
    }

    private static ResourceWish wish(JsonObject desired, OptionalLong generation) {
        return new ResourceWish(desired, Map.of(), generation);
    }

    /** The resource of what a provider has: adopted under its name, or made here, and then its id is known since. */
    private Optional<Resource> find(String provider, String id, CallContext call) {
        Optional<Resource> adopted = resources.find(Names.adopted(provider, id), call);
        return adopted.isPresent() ? adopted : scan(provider, id, call);
    }

    private Optional<Resource> scan(String provider, String id, CallContext call) {
        Optional<ResourceRef> after = Optional.empty();
        List<Resource> page;
        do {
            page = resources.list(
                    new ResourceQuery(
                            Requests.KIND,
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
