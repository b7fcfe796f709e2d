// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.DaemonThreads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cached answers of slow queries: they run on their own threads, each one at most once at a time and not again while
 * its answer is fresh. Callers never wait, get the cached answer, and are notified of changes. The entries that were
 * not queried for longest are evicted.
 *
 * @param <K> subject of a query
 * @param <A> answer
 */
public final class BackgroundQueries<K, A> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundQueries.class);

    /**
     * @param threads concurrent queries
     * @param fresh how long an answer is fresh
     * @param most answers that are kept
     * @param mostWaiting queries that wait for a thread or an answer; others run later
     */
    public record QueryLimits(int threads, Duration fresh, int most, int mostWaiting) {}

    /**
     * @param firstAt time of the first query, of {@link System#nanoTime()}
     * @param at when the last answer came, 0 for not yet
     */
    private record QueryEntry<A>(String topic, A answer, long firstAt, long at, boolean asking) {}

    /** @param since how long the topic has been the same */
    public record KnownResult<A>(A answer, Duration since) {}

    private final A nothing;
    private final QueryLimits limits;
    private final Consumer<K> onChange;
    private final ExecutorService threads;
    private int waiting;
    private final Map<K, QueryEntry<A>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, QueryEntry<A>> eldest) {
            return size() > limits.most();
        }
    };

    /**
     * @param nothing answer before the first one
     * @param onChange receives the subject of a changed answer
     */
    public BackgroundQueries(String name, A nothing, QueryLimits limits, Consumer<K> onChange) {
        this.nothing = nothing;
        this.limits = limits;
        this.onChange = onChange;
        this.threads = Executors.newFixedThreadPool(limits.threads(), new DaemonThreads(name));
    }

    /** Returns the cached result without a call. */
    public synchronized KnownResult<A> known(K about, String topic) {
        QueryEntry<A> entry = entry(about, topic);
        entries.put(about, entry);
        return known(entry);
    }

    /**
     * Returns the cached result; calls if it is stale.
     *
     * @param topic topic of the query: another one invalidates the cached answer
     * @param question the query; an empty result keeps the last answer
     */
    public synchronized KnownResult<A> ask(K about, String topic, Supplier<Optional<A>> question) {
        QueryEntry<A> entry = entry(about, topic);
        boolean stale = entry.at() == 0
                || System.nanoTime() - entry.at() > limits.fresh().toNanos();
        if (stale && !entry.asking() && waiting < limits.mostWaiting()) {
            try {
                threads.execute(() -> answer(about, topic, question));
                entries.put(about, new QueryEntry<>(topic, entry.answer(), entry.firstAt(), entry.at(), true));
                waiting++;
            } catch (RejectedExecutionException ending) {
                LOG.debug("background query rejected object={}; the adapter is stopping", about, ending);
            }
        }
        return known(entry);
    }

    private QueryEntry<A> entry(K about, String topic) {
        return Optional.ofNullable(entries.get(about))
                .filter(entry -> entry.topic().equals(topic))
                .orElseGet(() -> new QueryEntry<>(topic, nothing, System.nanoTime(), 0, false));
    }

    private KnownResult<A> known(QueryEntry<A> entry) {
        return new KnownResult<>(entry.answer(), Duration.ofNanos(System.nanoTime() - entry.firstAt()));
    }

    private void answer(K about, String topic, Supplier<Optional<A>> question) {
        Optional<A> answer = Optional.empty();
        try {
            answer = question.get();
        } finally {
            put(about, topic, answer);
        }
    }

    private void put(K about, String topic, Optional<A> answer) {
        boolean changed;
        synchronized (this) {
            waiting--;
            if (Optional.ofNullable(entries.get(about))
                    .filter(entry -> !entry.topic().equals(topic))
                    .isPresent()) {
                return; // the topic has changed meanwhile
            }
            QueryEntry<A> before = entry(about, topic);
            A now = answer.orElse(before.answer());
            changed = !now.equals(before.answer());
            entries.put(about, new QueryEntry<>(topic, now, before.firstAt(), System.nanoTime(), false));
        }
        if (changed) {
            onChange.accept(about);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
