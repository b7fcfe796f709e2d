// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Resources of tests; a caller without roles sees none and may change none. */
public final class PlayedResources {

    public final Map<ResourceRef, Resource> present = new ConcurrentSkipListMap<>();

    private final Map<IdempotencyKey, Operation> operations = new HashMap<>();

    /** What a change waits for before it is noted. */
    public ChangeGate beforeApply = () -> {};

    /** A place to wait. */
    @FunctionalInterface
    public interface ChangeGate {

        void pass() throws InterruptedException;
    }

    public ResourceService service() {
        return (ResourceService) Proxy.newProxyInstance(
                ResourceService.class.getClassLoader(),
                new Class<?>[] {ResourceService.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "find" ->
                        Optional.ofNullable(present.get((ResourceRef) given[0]))
                                .filter(resource -> isKnown((CallContext) given[1]));
                    case "apply" -> apply((ResourceRef) given[0], (ResourceWish) given[1], (CallContext) given[2]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Only what is asked of requests that come again. */
    public OperationService operations() {
        return (OperationService) Proxy.newProxyInstance(
                OperationService.class.getClassLoader(),
                new Class<?>[] {OperationService.class},
                (proxy, method, given) -> {
                    if (!method.getName().equals("repeated")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return repeated((CallContext) given[0]);
                });
    }

    private synchronized Optional<Operation> repeated(CallContext call) {
        return call.origin().idempotency().map(key -> operations.get(key));
    }

    private static Operation operation(ResourceRef ref, long generation, CallContext call) {
        return new Operation(
                "o" + generation,
                Operation.Kind.APPLY,
                ref,
                Operation.State.SUCCEEDED,
                generation,
                1,
                call.origin(),
                Operation.Times.from(Instant.EPOCH),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    private static boolean isKnown(CallContext call) {
        return call.remote()
                .map(remote -> remote.roles().values().stream().anyMatch(roles -> !roles.isEmpty()))
                .orElse(true);
    }

    private static boolean isViewer(CallContext call) {
        return call.remote()
                .map(remote -> remote.roles().values().stream()
                        .allMatch(roles -> roles.stream().allMatch("viewer"::equals)))
                .orElse(false);
    }

    private ResourceService.Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call)
            throws InterruptedException {
        beforeApply.pass();
        return note(ref, wish, call);
    }

    private synchronized ResourceService.Accepted note(ResourceRef ref, ResourceWish wish, CallContext call) {
        if (!isKnown(call) || isViewer(call)) {
            throw SmoException.forbidden("no");
        }
        Optional<Operation> first = repeated(call);
        if (first.isPresent()) {
            return new ResourceService.Accepted(present.get(ref), false, first);
        }
        long before =
                Optional.ofNullable(present.get(ref)).map(Resource::generation).orElse(0L);
        if (wish.ifGeneration().isPresent() && wish.ifGeneration().getAsLong() != before) {
            throw SmoException.conflict("generation " + before);
        }
        Resource now = new Resource(
                ref,
                "u1",
                before + 1,
                1,
                wish.desired(),
                wish.labels(),
                false,
                ResourceStatus.NOTHING,
                Instant.EPOCH,
                Instant.EPOCH);
        present.put(ref, now);
        call.origin().idempotency().ifPresent(key -> operations.put(key, operation(ref, before + 1, call)));
        return new ResourceService.Accepted(now, before == 0, Optional.empty());
    }
}
