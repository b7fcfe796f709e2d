// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/**
 * Simulates Helm's writes of its records on an API server: the Secrets of releases, with their statuses. Templates, hooks and objects
 * of a chart are left out; every chart has the same values and one ConfigMap.
 */
final class HelmPlayer implements HelmCalls, AutoCloseable {

    private static final String CHART_VALUES = "replicas: 1\nword: none\n";

    /** Operations so far: {@code word name}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** Failure of the next change. */
    volatile Optional<String> failure = Optional.empty();

    /** Cause that interrupts the next change. */
    volatile Optional<IOException> cutOff = Optional.empty();

    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
    }

    @Override
    public QueuedHelmCall begin(String word, Map<String, String> texts, Duration limit) {
        asked.add((word + " " + texts.getOrDefault(Frame.NAME, "")).strip());
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        try {
            String output =
                    switch (word) {
                        case "values" -> CHART_VALUES;
                        case "template" -> manifest(texts.get(Frame.NAME), texts.get(Frame.VALUES));
                        default -> change(word, texts);
                    };
            answer.complete(new Frame(1, Frame.DONE, Map.of(Frame.OUTPUT, output)));
        } catch (Failed failed) {
            answer.complete(new Frame(1, Frame.FAILED, Map.of(Frame.MESSAGE, String.valueOf(failed.getMessage()))));
        } catch (UncheckedIOException cut) {
            answer.completeExceptionally(cut.getCause());
        }
        return new QueuedHelmCall(answer, answer.handle((done, failed) -> null));
    }

    @Override
    public QueuedHelmCall change(String word, Map<String, String> texts, Duration limit) {
        return begin(word, texts, limit);
    }

    /** Makes a manual change, without marks of the SMO. */
    void byHand(String word, String kubeconfig, String name, String values) {
        byHand(word, kubeconfig, name, values, "made by the old way");
    }

    void byHand(String word, String kubeconfig, String name, String values, String description) {
        QueuedHelmCall call = begin(
                word,
                Map.of(
                        Frame.NAME, name,
                        Frame.NAMESPACE, "demo",
                        Frame.CHART, "/charts/video-1.tgz",
                        Frame.VALUES, values,
                        Frame.DESCRIPTION, description,
                        Frame.KUBECONFIG, kubeconfig),
                Duration.ofSeconds(10));
        if (!call.answer().join().word().equals(Frame.DONE)) {
            throw new IllegalStateException(call.answer().join().text(Frame.MESSAGE));
        }
    }

    static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /** Revisions of a release, the latest first. */
    static List<Secret> history(KubernetesClient client, String name) {
        return client
                .secrets()
                .inNamespace("demo")
                .withLabels(Map.of("owner", "helm", "name", name))
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparing(HelmPlayer::version).reversed())
                .toList();
    }

    static int version(Secret secret) {
        return Integer.parseInt(secret.getMetadata().getLabels().getOrDefault("version", "0"));
    }

    private String change(String word, Map<String, String> texts) {
        KubernetesClient client =
                clients.computeIfAbsent(String.valueOf(texts.get(Frame.KUBECONFIG)), HelmPlayer::client);
        List<Secret> history = history(client, String.valueOf(texts.get(Frame.NAME)));
        if (word.equals("uninstall")) {
            history.forEach(secret -> client.resource(secret).delete());
            return "";
        }
        int next = history.isEmpty() ? 1 : version(history.get(0)) + 1;
        if (word.equals("install") && next > 1) {
            throw new Failed("cannot re-use a name that is still in use");
        }
        Optional<IOException> cut = cutOff;
        if (cut.isPresent()) {
            cutOff = Optional.empty();
            client.resource(record(texts, next, "pending-" + word, "underway")).create();
            throw new UncheckedIOException(cut.get());
        }
        Optional<String> failing = failure;
        if (failing.isPresent()) {
            failure = Optional.empty();
            client.resource(record(texts, next, "failed", "Release failed: " + failing.get()))
                    .create();
            throw new Failed(failing.get());
        }
        history.stream()
                .filter(secret ->
                        "deployed".equals(secret.getMetadata().getLabels().get("status")))
                .forEach(secret -> {
                    secret.getMetadata().getLabels().put("status", "superseded");
                    client.resource(secret).update();
                });
        client.resource(record(texts, next, "deployed", String.valueOf(texts.get(Frame.DESCRIPTION))))
                .create();
        return "deployed";
    }

    private static Secret record(Map<String, String> texts, int version, String status, String description) {
        String name = String.valueOf(texts.get(Frame.NAME));
        String values = String.valueOf(texts.get(Frame.VALUES));
        String chart = String.valueOf(
                        Path.of(String.valueOf(texts.get(Frame.CHART))).getFileName())
                .replaceFirst("-.*", "");
        String json = """
                {"name":"%s","version":%d,"info":{"status":"%s","description":"%s"},
                 "chart":{"metadata":{"name":"%s","version":"1.0.0"}},"config":%s,"manifest":"%s"}""".formatted(
                        name, version, status, escaped(description), chart, values, escaped(manifest(name, values)));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(String.valueOf(texts.get(Frame.NAMESPACE)))
                .withName("sh.helm.release.v1.%s.v%d".formatted(name, version))
                .addToLabels(Map.of(
                        "owner",
                        "helm",
                        "name",
                        name,
                        "status",
                        status,
                        "version",
                        Integer.toString(version),
                        "createdAt",
                        Long.toString(System.currentTimeMillis() / 1000)))
                .endMetadata()
                .withType("helm.sh/release.v1")
                .withData(Map.of("release", packed(json)))
                .build();
    }

    private static String manifest(String name, String values) {
        String word =
                Bench.values(values).get("word").flatMap(it -> it.asString()).orElse("none");
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {word: %s}\n".formatted(name, word);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(Base64.getEncoder().encode(bytes.toByteArray()));
    }

    /** In Helm's words. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }
}
