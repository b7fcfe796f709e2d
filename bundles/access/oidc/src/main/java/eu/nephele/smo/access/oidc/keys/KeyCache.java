// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.keys;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import eu.nephele.smo.access.oidc.keys.PublishedKeys.NoKeySet;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one provider. They are read anew in the background, and when a token names one that is not known. While the provider is
 * away, or answers something else than keys, those before count on for a time.
 */
public final class KeyCache {

    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);

    /** Requests that wait for an answer of the provider at once; further ones come again. */
    private static final int MOST_WAITING = 8;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(2);

    /**
     * When keys are read, and how long they count.
     *
     * @param every age after which they are read anew in the background
     * @param kept age after which they count no more
     * @param pause least time between two questions that requests cause
     */
    public record KeyTimes(Duration every, Duration kept, Duration pause) {}

    private final String provider;
    private final Supplier<String> source;
    private final KeyTimes times;
    private final InstantSource clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile Optional<PublishedKeys> known = Optional.empty();
    // guarded by this
    private Optional<CompletableFuture<Boolean>> asking = Optional.empty();
    private Instant lastAsked = Instant.MIN;
    private boolean failing;

    /** @param source the document with the keys; an {@link AdapterException} when it cannot be had */
    public KeyCache(String provider, Supplier<String> source, KeyTimes times, InstantSource clock) {
        this.provider = provider;
        this.source = source;
        this.times = times;
        this.clock = clock;
    }

    /**
     * The keys that a token may be signed by.
     *
     * @return none when the provider publishes none of this name, as far as it was asked
     * @throws SmoException {@code UNAVAILABLE} when its keys are not known, or are too old
     */
    public List<JWK> find(JWSHeader header) {
        List<JWK> fitting = current().map(keys -> keys.fitting(header)).orElse(List.of());
        if (!fitting.isEmpty()) {
            return fitting;
        }
        askIfAllowed(times.pause());
        return current().orElseThrow(this::away).fitting(header);
    }

    /** Those that count now, for whoever remembers by which ones something was verified; the same object while they are the same. */
    public Optional<PublishedKeys> current() {
        return known.filter(keys -> clock.instant().isBefore(keys.readAt().plus(times.kept())));
    }

    private SmoException away() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "Tokens of %s cannot be verified now: its keys could not be read; try again".formatted(provider),
                Optional.of(SOON));
    }

    /** Reads them if it is time for that; for the background. */
    public void tick() {
        Instant now = clock.instant();
        boolean due = known.map(keys -> !now.isBefore(keys.readAt().plus(times.every())))
                .orElse(true);
        if (due) {
            askIfAllowed(min(AFTER_FAILURE, times.every()));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** One asks, those who come meanwhile wait for its answer. */
    private void askIfAllowed(Duration pause) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        Optional<CompletableFuture<Boolean>> others = Optional.empty();
        synchronized (this) {
            if (asking.isPresent()) {
                others = asking;
            } else if (lastAsked.equals(Instant.MIN) || !clock.instant().isBefore(lastAsked.plus(pause))) {
                asking = Optional.of(mine);
                lastAsked = clock.instant();
            } else {
                return;
            }
        }
        if (others.isPresent()) {
            await(others.get());
            return;
        }
        try {
            ask();
        } finally {
            synchronized (this) {
                asking = Optional.empty();
            }
            mine.complete(true);
        }
    }

    private void await(CompletableFuture<Boolean> answer) {
        if (!waiting.tryAcquire()) {
            throw away();
        }
        try {
            answer.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw away();
        } catch (ExecutionException | TimeoutException late) {
            LOG.debug("waiting for keys failed provider={}", provider, late);
            throw away();
        } finally {
            waiting.release();
        }
    }

    private void ask() {
        try {
            PublishedKeys read = PublishedKeys.read(source.get(), clock.instant());
            boolean same = known.filter(read::isSame).isPresent();
            known = Optional.of(same ? new PublishedKeys(known.orElse(read).keys(), read.readAt()) : read);
            told(same ? Optional.empty() : Optional.of(read));
        } catch (NoKeySet noKeys) {
            failed("the answer is not a set of keys: " + noKeys.getMessage());
        } catch (AdapterException away) {
            failed(String.valueOf(away.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.debug("reading keys failed provider={}", provider, unexpected);
            failed(unexpected.toString());
        }
    }

    private synchronized void told(Optional<PublishedKeys> changed) {
        changed.ifPresent(keys -> LOG.info(
                "keys of an identity provider read provider={} keys={}",
                provider,
                keys.keys().size()));
        failing = false;
    }

    private synchronized void failed(String why) {
        if (!failing) {
            LOG.warn(
                    "keys of an identity provider cannot be read provider={} reason=\"{}\"; {}, trying again",
                    provider,
                    why,
                    known.map(keys -> "those read at %s count until %s"
                                    .formatted(keys.readAt(), keys.readAt().plus(times.kept())))
                            .orElse("its tokens are refused with 503 until then"));
        }
        failing = true;
    }
}
