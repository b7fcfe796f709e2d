// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.WorkloadSource;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at workloads on member clusters themselves, through the control plane, on threads of its own: who asks never waits, and is
 * told when there is an answer. Needed only while a change is under way, and only where Karmada does not say of which generation
 * its numbers are.
 */
final class Members implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final long FRESH_NANOS = Duration.ofMillis(400).toNanos();
    private static final int MOST = 10_000;
    private static final int MOST_WAITING = 100;
    private static final int THREADS = 4;

    private record Place(String cluster, String kind, String workload) {}

    /**
     * @param seen as it was seen last; empty: it is not there, or cannot be looked at
     * @param state what is known of the way to it
     * @param askedFor mark of the specification for which it was asked first
     * @param firstAt when that was, of {@link System#nanoTime()}
     * @param at when it was asked last
     */
    private record Answer(
            Optional<WorkloadSeen> seen, State state, String askedFor, long firstAt, long at, boolean asking) {}

    /** What is known of a workload on a cluster. */
    enum State {
        /** No answer has come yet. */
        UNKNOWN,
        /** The cluster has answered: it has the workload as it was seen, or does not have it. */
        SEEN,
        /** Nobody may look there, or can. */
        BARRED
    }

    private final Connection connection;
    private final WorkloadReader reader;
    private final Function<String, Way> way;
    private final Consumer<String> onChange;
    private final ExecutorService threads;
    private int waiting;
    private final Map<Place, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Answer> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param way whether there is a way to a cluster
     * @param onChange told {@code namespace/name} of a workload when there is another answer
     */
    Members(Connection connection, WorkloadReader reader, Function<String, Way> way, Consumer<String> onChange) {
        this.connection = connection;
        this.reader = reader;
        this.way = way;
        this.onChange = onChange;
        this.threads = Executors.newFixedThreadPool(THREADS, new Threads("smo-" + connection.system() + "-members"));
    }

    /**
     * What was found.
     *
     * @param seen the workload as its cluster had it when that answered last; empty: it is not there, or nobody may look
     * @param state whether that is known
     * @param since how long it has been looked for with this specification
     */
    record Look(Optional<WorkloadSeen> seen, State state, Duration since) {}

    /** What is known of a workload on a cluster; asks when that is old. */
    synchronized Look look(String cluster, WorkloadSeen workload) {
        Place place = new Place(cluster, workload.kind(), workload.namespace() + "/" + workload.name());
        long now = System.nanoTime();
        Answer last = Optional.ofNullable(answers.get(place))
                .filter(answer -> answer.askedFor().equals(workload.revision()))
                .orElse(new Answer(Optional.empty(), State.UNKNOWN, workload.revision(), now, 0, false));
        boolean none = way.apply(cluster) == Way.NONE;
        boolean stale = last.at() == 0 || now - last.at() > FRESH_NANOS;
        if (none) {
            answers.put(place, last);
        } else if (stale && !last.asking() && waiting < MOST_WAITING) {
            try {
                threads.execute(() -> ask(place, workload));
                answers.put(
                        place, new Answer(last.seen(), last.state(), last.askedFor(), last.firstAt(), last.at(), true));
                waiting++;
            } catch (RejectedExecutionException ending) {
                LOG.debug("Nobody looks at {} any more", place, ending);
            }
        }
        return new Look(last.seen(), none ? State.BARRED : last.state(), Duration.ofNanos(now - last.firstAt()));
    }

    /** What fails for now says nothing: what was seen last stays, and it is asked again. */
    private void ask(Place place, WorkloadSeen workload) {
        Optional<Answer> told = Optional.empty();
        try {
            Optional<WorkloadSeen> seen = connection.relayed(
                    "Look at %s on %s".formatted(place.workload(), place.cluster()),
                    client -> fetch(client, place.cluster(), workload));
            // not found: where nothing was ever heard of the cluster, the server may have no way to its members
            boolean known = seen.isPresent() || way.apply(place.cluster()) == Way.OPEN;
            told = Optional.of(answer(seen, known ? State.SEEN : State.BARRED, workload.revision()));
        } catch (AdapterException e) {
            if (e.kind() == Kind.REFUSED) {
                told = Optional.of(answer(Optional.empty(), State.BARRED, workload.revision()));
            }
            LOG.debug("{} cannot be looked at: {}", place, e.getMessage());
        } finally {
            put(place, workload.revision(), told);
        }
    }

    private static Answer answer(Optional<WorkloadSeen> seen, State state, String askedFor) {
        return new Answer(seen, state, askedFor, System.nanoTime(), System.nanoTime(), false);
    }

    private void put(Place place, String askedFor, Optional<Answer> told) {
        boolean changed;
        synchronized (this) {
            waiting--;
            Answer before = Optional.ofNullable(answers.get(place))
                    .filter(answer -> answer.askedFor().equals(askedFor))
                    .orElseGet(() -> answer(Optional.empty(), State.UNKNOWN, askedFor));
            Answer now = told.orElse(before);
            changed = now.state() != before.state() || !now.seen().equals(before.seen());
            answers.put(
                    place, new Answer(now.seen(), now.state(), askedFor, before.firstAt(), System.nanoTime(), false));
        }
        if (changed) {
            onChange.accept(place.workload());
        }
    }

    private Optional<WorkloadSeen> fetch(KubernetesClient client, String cluster, WorkloadSeen workload) {
        WorkloadKind kind = workload.what();
        String path = "%s/apis/%s/namespaces/%s/%s/%s"
                .formatted(
                        Observer.proxy(cluster),
                        kind.apiVersion(),
                        workload.namespace(),
                        kind.plural(),
                        workload.name());
        return Optional.ofNullable(client.raw(path))
                .map(text -> WorkloadSource.of(kind).read(reader, client.getKubernetesSerialization(), text));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
