// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of providers since the start of this process. The result of an ended call is kept until it is stored, because
 * no other copy of it exists.
 */
final class ProviderCallRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCallRegistry.class);

    /** Interval of the comparison with the stored state of all resources. */
    private static final long LOOKED_NANOS = Duration.ofSeconds(30).toNanos();

    record ProviderCallKey(ResourceRef ref, String uid, ProviderEffect.ProviderAction action, String asked) {}

    private final Map<ProviderCallKey, ProviderCall> byKey = new ConcurrentHashMap<>();
    private final int most;
    private final Consumer<ResourceRef> wake;
    private final Function<ResourceRef, Optional<Resource>> stored;
    private final LongSupplier nanos;
    private final AtomicLong looked;

    /**
     * @param wake queues a resource for a pass
     * @param nanos a monotonic clock
     */
    ProviderCallRegistry(
            int most,
            Consumer<ResourceRef> wake,
            Function<ResourceRef, Optional<Resource>> stored,
            LongSupplier nanos) {
        this.most = most;
        this.wake = wake;
        this.stored = stored;
        this.nanos = nanos;
        this.looked = new AtomicLong(nanos.getAsLong() - LOOKED_NANOS);
    }

    Optional<ProviderCall> find(ProviderCallKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * Remembers a call that is about to begin; empty when the limit is reached: its resource waits.
     *
     * @param repetition whether an earlier call with an unknown result is possible
     */
    Optional<ProviderCall> announce(ProviderCallKey key, boolean repetition) {
        if (byKey.size() >= most) {
            makeRoom();
        }
        if (byKey.size() >= most) {
            return Optional.empty();
        }
        ProviderCall providerCall = new ProviderCall(key.ref(), repetition);
        byKey.put(key, providerCall);
        return Optional.of(providerCall);
    }

    /** A resource that has come to rest gets no passes for long, and a forgotten one never. */
    private void makeRoom() {
        long before = looked.get();
        long now = nanos.getAsLong();
        if (now - before >= LOOKED_NANOS && looked.compareAndSet(before, now)) {
            byKey.keySet().removeIf(this::isNotNeeded);
        }
    }

    private boolean isNotNeeded(ProviderCallKey key) {
        Optional<Resource> there =
                stored.apply(key.ref()).filter(resource -> resource.uid().equals(key.uid()));
        return there.map(resource ->
                        isStored(ObservedInfrastructure.from(resource.status().observed()), key))
                .orElse(true);
    }

    private static boolean isStored(ObservedInfrastructure observedInfrastructure, ProviderCallKey key) {
        return observedInfrastructure
                .effect(key.action())
                .filter(effect -> effect.asked().equals(key.asked()) && !effect.is(ProviderEffect.EffectState.GOING))
                .isPresent();
    }

    /**
     * Forgets the stored calls of a resource: the results in its document, and announcements that are not in it. For
     * its own passes only: no other pass may announce anything of it meanwhile.
     */
    void forgetStored(Resource resource) {
        ObservedInfrastructure observedInfrastructure =
                ObservedInfrastructure.from(resource.status().observed());
        byKey.entrySet()
                .removeIf(entry -> entry.getKey().uid().equals(resource.uid())
                        && (isStored(observedInfrastructure, entry.getKey())
                                || (!entry.getValue().isBegun() && !isGoing(observedInfrastructure, entry.getKey()))));
    }

    private static boolean isGoing(ObservedInfrastructure observedInfrastructure, ProviderCallKey key) {
        return observedInfrastructure
                .effect(key.action())
                .filter(effect -> effect.asked().equals(key.asked()) && effect.is(ProviderEffect.EffectState.GOING))
                .isPresent();
    }

    void forgetAll(String uid) {
        byKey.keySet().removeIf(key -> key.uid().equals(uid));
    }

    final class ProviderCall {

        private final ResourceRef ref;
        private final boolean repetition;
        private final CompletableFuture<ProviderResult> end = new CompletableFuture<>();
        private volatile long source = -1;

        private ProviderCall(ResourceRef ref, boolean repetition) {
            this.ref = ref;
            this.repetition = repetition;
        }

        boolean isRepetition() {
            return repetition;
        }

        boolean isBegun() {
            return source >= 0;
        }

        /** Returns whether another provider has replaced the one that was called, which may never answer. */
        boolean isOfAnother(ProviderInstance now) {
            return isBegun() && source != now.identity();
        }

        /**
         * Its result. An unavailable provider that has left meanwhile has no result: it was replaced.
         *
         * @param now the provider in its place
         */
        Optional<ProviderResult> ending(Optional<ProviderInstance> now) {
            boolean left = now.map(this::isOfAnother).orElse(true);
            return ending().filter(end -> !(left && end.isUnavailable()));
        }

        Optional<ProviderResult> ending() {
            return end.isDone() ? Optional.of(end.join()) : Optional.empty();
        }

        /**
         * Asks a provider. One that throws where it should answer with a failed stage is understood all the same.
         *
         * @param work gives what becomes an ending
         */
        void begin(ProviderInstance from, String name, Supplier<CompletionStage<ProviderResult>> work) {
            source = from.identity();
            try {
                work.get().whenComplete((providerResult, failure) -> {
                    end.complete(
                            failure == null
                                    ? providerResult
                                    : ProviderResult.failed(ProviderFailure.of(name, failure)));
                    wake.accept(ref);
                });
            } catch (RuntimeException | LinkageError failed) {
                end.complete(ProviderResult.failed(ProviderFailure.of(name, failed)));
            }
        }

        /** Waits a moment for one that ends at once or nearly so. */
        void await(Duration timeout) throws InterruptedException {
            try {
                end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException goesOn) {
                LOG.trace("provider call continues in the background", goesOn);
            }
        }
    }
}
