// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Duration;
import java.util.Comparator;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What providers were asked for since the start of this process. Of one that has ended the end is kept until it is stored, or its
 * place is needed.
 */
final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    /** @param asked what exactly */
    record Key(String uid, Effect.Action action, String asked) {}

    private final Map<Key, Stage> byKey = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final int most;
    private final Consumer<ResourceRef> wake;

    /**
     * @param most how many are remembered
     * @param wake has a resource looked at soon
     */
    Stages(int most, Consumer<ResourceRef> wake) {
        this.most = most;
        this.wake = wake;
    }

    Optional<Stage> find(Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * Remembers one that is going to be begun; empty when there is no room for it.
     *
     * @param repetition whether it may have been asked for before, without anybody who knows the end
     */
    Optional<Stage> announce(Key key, boolean repetition) {
        if (byKey.size() >= most) {
            byKey.entrySet().stream()
                    .filter(entry -> entry.getValue().ending().isPresent())
                    .min(Comparator.comparingLong(entry -> entry.getValue().number))
                    .ifPresent(oldest -> byKey.remove(oldest.getKey(), oldest.getValue()));
        }
        if (byKey.size() >= most) {
            return Optional.empty();
        }
        Stage stage = new Stage(count.incrementAndGet(), repetition);
        byKey.put(key, stage);
        return Optional.of(stage);
    }

    /** Its end is stored. */
    void forget(Key key) {
        byKey.remove(key);
    }

    /** Its resource is gone. */
    void forgetAll(String uid) {
        byKey.keySet().removeIf(key -> key.uid().equals(uid));
    }

    /** One call of a provider: announced, begun, ended. */
    final class Stage {

        private final long number;
        private final boolean repetition;
        private final CompletableFuture<Ending> end = new CompletableFuture<>();
        private volatile long source = -1;

        private Stage(long number, boolean repetition) {
            this.number = number;
            this.repetition = repetition;
        }

        boolean isRepetition() {
            return repetition;
        }

        boolean isBegun() {
            return source >= 0;
        }

        /** Whether another provider is in the place of the one that was asked, which may never answer. */
        boolean isOfAnother(Source now) {
            return isBegun() && source != now.identity();
        }

        /**
         * How it has ended. That it was unavailable says nothing of a provider that has left meanwhile: it fell apart.
         *
         * @param now the provider in its place
         */
        Optional<Ending> ending(Optional<Source> now) {
            boolean left = now.map(this::isOfAnother).orElse(true);
            return ending().filter(end -> !(left && end.isUnavailable()));
        }

        Optional<Ending> ending() {
            return end.isDone() ? Optional.of(end.join()) : Optional.empty();
        }

        /**
         * Asks a provider. One that throws where it should answer with a failed stage is understood all the same.
         *
         * @param name of the provider
         * @param work gives what becomes an ending
         */
        void begin(ResourceRef ref, Source from, String name, Supplier<CompletionStage<Ending>> work) {
            source = from.identity();
            try {
                work.get().whenComplete((ending, failure) -> {
                    end.complete(failure == null ? ending : Ending.failed(Refusal.of(name, failure)));
                    wake.accept(ref);
                });
            } catch (RuntimeException | LinkageError failed) {
                end.complete(Ending.failed(Refusal.of(name, failed)));
            }
        }

        /** Waits a moment for one that ends at once or nearly so. */
        void await(Duration patience) throws InterruptedException {
            try {
                end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException goesOn) {
                LOG.trace("Not done at once", goesOn);
            }
        }
    }
}
