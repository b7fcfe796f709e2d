// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
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
     * @param seen empty: it is not there, or cannot be looked at
     * @param askedFor mark of the specification for which it was asked first
     * @param firstAt when that was, of {@link System#nanoTime()}
     */
    private record Answer(Optional<WorkloadSeen> seen, String askedFor, long firstAt, long at, boolean asking) {}

    private final Connection connection;
    private final WorkloadReader reader;
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

    /** @param onChange told {@code namespace/name} of a workload when there is another answer */
    Members(Connection connection, WorkloadReader reader, Consumer<String> onChange) {
        this.connection = connection;
        this.reader = reader;
        this.onChange = onChange;
        this.threads = Executors.newFixedThreadPool(THREADS, new Threads("smo-" + connection.system() + "-members"));
    }

    /**
     * What was found.
     *
     * @param seen the workload as its cluster has it; empty: it is not there, or nobody may look
     * @param since how long it has been looked for with this specification; empty: there is no answer yet
     */
    record Look(Optional<WorkloadSeen> seen, Optional<Duration> since) {}

    /** What is known of a workload on a cluster; asks when that is old. */
    synchronized Look look(String cluster, WorkloadSeen workload) {
        Place place = new Place(cluster, workload.kind(), workload.namespace() + "/" + workload.name());
        long now = System.nanoTime();
        Answer last = Optional.ofNullable(answers.get(place))
                .filter(answer -> answer.askedFor().equals(workload.revision()))
                .orElse(new Answer(Optional.empty(), workload.revision(), now, 0, false));
        boolean stale = last.at() == 0 || now - last.at() > FRESH_NANOS;
        if (stale && !last.asking() && waiting < MOST_WAITING) {
            try {
                threads.execute(() -> ask(place, workload));
                answers.put(place, new Answer(last.seen(), last.askedFor(), last.firstAt(), last.at(), true));
                waiting++;
            } catch (RejectedExecutionException ending) {
                LOG.debug("Nobody looks at {} any more", place, ending);
            }
        }
        return new Look(
                last.seen(), last.at() == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(now - last.firstAt())));
    }

    private void ask(Place place, WorkloadSeen workload) {
        Optional<WorkloadSeen> seen = Optional.empty();
        try {
            seen = connection.call(
                    "Look at %s on %s".formatted(place.workload(), place.cluster()),
                    client -> fetch(client, place.cluster(), workload));
        } catch (AdapterException e) {
            LOG.debug("{} cannot be looked at: {}", place, e.getMessage());
        } finally {
            put(place, workload.revision(), seen);
        }
    }

    private void put(Place place, String askedFor, Optional<WorkloadSeen> seen) {
        boolean changed;
        synchronized (this) {
            waiting--;
            long now = System.nanoTime();
            Optional<Answer> before = Optional.ofNullable(answers.get(place))
                    .filter(answer -> answer.askedFor().equals(askedFor));
            changed = before.map(answer -> answer.at() == 0 || !answer.seen().equals(seen))
                    .orElse(true);
            answers.put(
                    place,
                    new Answer(seen, askedFor, before.map(Answer::firstAt).orElse(now), now, false));
        }
        if (changed) {
            onChange.accept(place.workload());
        }
    }

    private Optional<WorkloadSeen> fetch(KubernetesClient client, String cluster, WorkloadSeen workload) {
        String path = "%s/apis/apps/v1/namespaces/%s/%ss/%s"
                .formatted(
                        Observer.proxy(cluster),
                        workload.namespace(),
                        workload.kind().toLowerCase(Locale.ROOT),
                        workload.name());
        KubernetesSerialization json = client.getKubernetesSerialization();
        return Optional.ofNullable(client.raw(path))
                .map(text -> workload.kind().equals("StatefulSet")
                        ? reader.read(json.unmarshal(text, StatefulSet.class))
                        : reader.read(json.unmarshal(text, Deployment.class)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
