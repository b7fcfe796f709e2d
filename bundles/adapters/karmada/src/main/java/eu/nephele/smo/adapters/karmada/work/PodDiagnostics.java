// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
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
 * Finds the reasons for which the pods of a workload are not ready. It polls in the background, at most every few seconds for
 * one workload, and the next poll of the caller gets the answer. Without the right to read pods it reports nothing. It has a
 * separate thread, because answers about failing pods may be slow.
 */
public final class PodDiagnostics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodDiagnostics.class);
    private static final BackgroundQueries.QueryLimits LIMITS =
            new BackgroundQueries.QueryLimits(1, Duration.ofSeconds(5), 1000, 20);

    private record WorkloadKey(String path, String kind, String namespace, String name) {}

    private final ApiServerConnection connection;
    private final BackgroundQueries<WorkloadKey, String> answers;

    /** @param onChange receives {@code namespace/name} of a new answer */
    public PodDiagnostics(ApiServerConnection connection, Consumer<String> onChange) {
        this.connection = connection;
        this.answers = new BackgroundQueries<>(
                "smo-" + connection.system() + "-pods",
                "",
                LIMITS,
                workloadKey -> onChange.accept(workloadKey.namespace() + "/" + workloadKey.name()));
    }

    /** "" for none; {@code path} leads to the API server of the pods below that of the connection. */
    public String describe(String path, ObservedWorkload seen) {
        if (seen.selector().isEmpty()) {
            return "";
        }
        WorkloadKey workloadKey = new WorkloadKey(path, seen.kind(), seen.namespace(), seen.name());
        return answers.ask(workloadKey, "", () -> Optional.of(ask(workloadKey, seen)))
                .answer();
    }

    private String ask(WorkloadKey workloadKey, ObservedWorkload seen) {
        try {
            return fetch(workloadKey, seen);
        } catch (AdapterException e) {
            LOG.debug("reading pods failed workload={} reason=\"{}\"", workloadKey, e.getMessage());
            return "";
        }
    }

    private String fetch(WorkloadKey workloadKey, ObservedWorkload seen) {
        String selector = seen.selector().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        String base = "%s/api/v1/namespaces/%s".formatted(workloadKey.path(), workloadKey.namespace());
        String pods = "%s/pods?limit=20&labelSelector=%s".formatted(base, encoded(selector));
        String what = "Read the pods of %s/%s".formatted(seen.namespace(), seen.name());
        Function<KubernetesClient, String> question = client -> {
            PodFailureReason complaint = new PodFailureReason(client.getKubernetesSerialization());
            return complaint
                    .ofPods(Optional.ofNullable(client.raw(pods)))
                    .map(found -> found.text().isEmpty()
                            ? complaint.ofEvents(Optional.ofNullable(client.raw("%s/events?limit=50&fieldSelector=%s"
                                    .formatted(base, encoded("involvedObject.name=" + found.pod())))))
                            : found.text())
                    .orElse("");
        };
        return workloadKey.path().isEmpty() ? connection.call(what, question) : connection.relayed(what, question);
    }

    @Override
    public void close() {
        answers.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
