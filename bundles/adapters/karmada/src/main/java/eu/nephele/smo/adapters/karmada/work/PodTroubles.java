// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.Threads;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the pods of a workload from being ready. The question is asked in the background, at most every few seconds for one
 * workload, and the answer is there at the next look. Where the right to read pods is missing, nothing is said. The thread is its
 * own: pods are asked for where something is wrong, and there an answer may take as long as it can.
 */
public final class PodTroubles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodTroubles.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 1000;
    private static final int MOST_WAITING = 20;

    private record Place(String path, String kind, String namespace, String name) {}

    private record Answer(String text, long at, boolean asking) {}

    private final Connection connection;
    private final ExecutorService thread;
    private final Consumer<String> onChange;
    private int waiting;
    private final Map<Place, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Answer> eldest) {
            return size() > MOST;
        }
    };

    /** @param onChange told {@code namespace/name} when there is a new answer */
    public PodTroubles(Connection connection, Consumer<String> onChange) {
        this.connection = connection;
        this.thread = Executors.newSingleThreadExecutor(new Threads("smo-" + connection.system() + "-pods"));
        this.onChange = onChange;
    }

    /**
     * What is known; "" for nothing.
     *
     * @param path path of the API server of the pods below that of the connection, "" for the same
     */
    public synchronized String of(String path, WorkloadSeen seen) {
        if (seen.selector().isEmpty()) {
            return "";
        }
        Place place = new Place(path, seen.kind(), seen.namespace(), seen.name());
        Answer last = Optional.ofNullable(answers.get(place)).orElse(new Answer("", 0, false));
        boolean stale = last.at() == 0 || System.nanoTime() - last.at() > FRESH_NANOS;
        if (stale && !last.asking() && waiting < MOST_WAITING) {
            try {
                thread.execute(() -> ask(place, seen));
                answers.put(place, new Answer(last.text(), last.at(), true));
                waiting++;
            } catch (RejectedExecutionException ending) {
                LOG.debug("Nobody asks about {} any more", place, ending);
            }
        }
        return last.text();
    }

    private void ask(Place place, WorkloadSeen seen) {
        String text = "";
        try {
            text = fetch(place, seen);
        } catch (AdapterException e) {
            LOG.debug("The pods of {} are not known: {}", place, e.getMessage());
        } finally {
            put(place, text);
        }
    }

    private void put(Place place, String text) {
        boolean changed;
        synchronized (this) {
            waiting--;
            Optional<Answer> before =
                    Optional.ofNullable(answers.put(place, new Answer(text, System.nanoTime(), false)));
            changed = !text.equals(before.map(Answer::text).orElse(""));
        }
        if (changed) {
            onChange.accept(place.namespace() + "/" + place.name());
        }
    }

    private String fetch(Place place, WorkloadSeen seen) {
        String selector = seen.selector().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        String base = "%s/api/v1/namespaces/%s".formatted(place.path(), place.namespace());
        String pods = "%s/pods?limit=20&labelSelector=%s".formatted(base, encoded(selector));
        String what = "Read the pods of %s/%s".formatted(seen.namespace(), seen.name());
        Function<KubernetesClient, String> question = client -> {
            PodComplaint complaint = new PodComplaint(client.getKubernetesSerialization());
            return complaint
                    .ofPods(Optional.ofNullable(client.raw(pods)))
                    .map(found -> found.text().isEmpty()
                            ? complaint.ofEvents(Optional.ofNullable(client.raw("%s/events?limit=50&fieldSelector=%s"
                                    .formatted(base, encoded("involvedObject.name=" + found.pod())))))
                            : found.text())
                    .orElse("");
        };
        return place.path().isEmpty() ? connection.call(what, question) : connection.relayed(what, question);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
