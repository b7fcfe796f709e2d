// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
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
    private static final Background.Limits LIMITS = new Background.Limits(1, Duration.ofSeconds(5), 1000, 20);

    private record Place(String path, String kind, String namespace, String name) {}

    private final Connection connection;
    private final Background<Place, String> answers;

    /** @param onChange told {@code namespace/name} when there is a new answer */
    public PodTroubles(Connection connection, Consumer<String> onChange) {
        this.connection = connection;
        this.answers = new Background<>(
                "smo-" + connection.system() + "-pods",
                "",
                LIMITS,
                place -> onChange.accept(place.namespace() + "/" + place.name()));
    }

    /**
     * What is known; "" for nothing.
     *
     * @param path path of the API server of the pods below that of the connection, "" for the same
     */
    public String of(String path, WorkloadSeen seen) {
        if (seen.selector().isEmpty()) {
            return "";
        }
        Place place = new Place(path, seen.kind(), seen.namespace(), seen.name());
        return answers.ask(place, "", () -> Optional.of(ask(place, seen))).answer();
    }

    private String ask(Place place, WorkloadSeen seen) {
        try {
            return fetch(place, seen);
        } catch (AdapterException e) {
            LOG.debug("The pods of {} are not known: {}", place, e.getMessage());
            return "";
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
        answers.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
