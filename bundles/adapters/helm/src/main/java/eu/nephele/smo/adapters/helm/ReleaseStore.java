// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.ApiServers.KnownApiServer;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Helm's records of releases behind one connection, and our ownership marks on them. */
final class ReleaseStore {

    private static final String OWNER = "owner";
    private static final String HELM = "helm";
    private static final String STATUS = "status";
    private static final int FINGERPRINT_DIGITS = 24;

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final HelmConnection connection;

    ReleaseStore(KnownApiServer server) {
        this.client = server.client();
        this.calls = server.calls();
        this.connection = server.connection();
    }

    /** The latest first, foreign ones included. */
    List<ReleaseRevision> history(String namespace, String name) {
        return asked(
                "Read the release %s/%s on %s".formatted(namespace, name, connection), () -> client
                        .secrets()
                        .inNamespace(namespace)
                        .withLabels(Map.of(OWNER, HELM, "name", name))
                        .list()
                        .getItems()
                        .stream()
                        .map(ReleaseStore::revision)
                        .sorted(Comparator.comparingInt(ReleaseRevision::number).reversed())
                        .toList());
    }

    /** The latest revisions by name, foreign ones included, in one call. */
    Map<String, ReleaseRevision> latest(String namespace, Collection<String> names) {
        LabelSelector selector = new LabelSelectorBuilder()
                .addToMatchLabels(OWNER, HELM)
                .addToMatchExpressions(
                        new LabelSelectorRequirement("name", "In", List.copyOf(names)),
                        new LabelSelectorRequirement(STATUS, "NotIn", List.of("superseded", "uninstalled")))
                .build();
        Map<String, ReleaseRevision> latest = new TreeMap<>();
        asked("Read the releases in %s on %s".formatted(namespace, connection), () -> client.secrets()
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .list()
                        .getItems())
                .stream()
                .map(ReleaseStore::revision)
                .forEach(revision -> latest.merge(
                        revision.name(), revision, (one, other) -> one.number() > other.number() ? one : other));
        return latest;
    }

    /** {@code CONFLICT} if the foreign release was changed since it was read. */
    void adopt(ReleaseRevision revision, ReleaseOwnership releaseOwnership) {
        JsonObject metadata = JsonObject.EMPTY
                .with("resourceVersion", new JsonString(revision.resourceVersion()))
                .with("labels", object(releaseOwnership.labels()))
                .with("annotations", object(releaseOwnership.annotations()));
        asked("Take over the release %s on %s".formatted(revision.secret(), connection), () -> client.secrets()
                .inNamespace(revision.namespace())
                .withName(revision.secret())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        JsonObject.EMPTY.with("metadata", metadata).toJson()));
    }

    /** Returns deployed and pending revisions of all releases with our label, in one call. */
    List<ReleaseRevision> owned() {
        LabelSelector selector = new LabelSelectorBuilder()
                .addToMatchLabels(OWNER, HELM)
                .addToMatchLabels(ReleaseLabels.MANAGED_BY, ReleaseLabels.SMO)
                .addToMatchExpressions(
                        new LabelSelectorRequirement(STATUS, "NotIn", List.of("superseded", "uninstalled")))
                .build();
        return asked(
                "List the releases on " + connection,
                () -> client.secrets().inAnyNamespace().withLabelSelector(selector).list().getItems().stream()
                        .map(ReleaseStore::revision)
                        .toList());
    }

    /** Does nothing if the revision no longer exists. */
    void mark(ReleaseRevision revision, ReleaseOwnership releaseOwnership) {
        JsonObject metadata = JsonObject.EMPTY
                .with("labels", object(releaseOwnership.labels()))
                .with("annotations", object(releaseOwnership.annotations()));
        String patch = JsonObject.EMPTY.with("metadata", metadata).toJson();
        present("Label the release %s on %s".formatted(revision.secret(), connection), () -> client.secrets()
                .inNamespace(revision.namespace())
                .withName(revision.secret())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    void delete(ReleaseRevision revision) {
        deleteSecret(revision.namespace(), revision.secret());
    }

    /**
     * Records that a release is about to be made. Helm writes our description only at the end: without this note a release that
     * was interrupted would be taken for a foreign one.
     */
    void write(ReleaseOwnership releaseOwnership) {
        String namespace = releaseOwnership.key().workload().graph().project();
        Secret note = new SecretBuilder()
                .withNewMetadata()
                .withName(noteName(releaseOwnership.key().workload().service()))
                .withNamespace(namespace)
                .withLabels(releaseOwnership.labels())
                .withAnnotations(releaseOwnership.annotations())
                .endMetadata()
                .withType("smo.nephele.eu/install")
                .build();
        asked(
                "Note the release %s on %s".formatted(releaseOwnership.key().workload(), connection),
                () -> client.secrets().resource(note).createOr(NonDeletingOperation::update));
    }

    private Optional<String> readMarker(String namespace, String name) {
        return asked("Read the note of %s/%s on %s".formatted(namespace, name, connection), () -> Optional.ofNullable(
                        client.secrets()
                                .inNamespace(namespace)
                                .withName(noteName(name))
                                .get())
                .map(note -> note.getMetadata().getAnnotations())
                .map(annotations -> annotations.getOrDefault(ReleaseLabels.MARKS, "")));
    }

    /** Returns whether this installation made the release, or was interrupted while making it. */
    boolean isOurs(HelmRelease release, String owner, HelmJson json) {
        if (release.isOurs()) {
            return release.isOwnedBy(owner);
        }
        return readMarker(release.revision().namespace(), release.revision().name())
                .flatMap(text -> ReleaseOwnership.parse(text, json))
                .filter(releaseOwnership -> releaseOwnership.owner().equals(owner))
                .isPresent();
    }

    void deleteNote(String namespace, String name) {
        deleteSecret(namespace, noteName(name));
    }

    /** Deletes the note if it exists: without the right to create it, the right to delete it may be missing as well. */
    void deleteNoteOf(String namespace, String name) {
        boolean there =
                asked("Look for the note of %s/%s on %s".formatted(namespace, name, connection), () -> !client.secrets()
                        .inNamespace(namespace)
                        .withField("metadata.name", noteName(name))
                        .list()
                        .getItems()
                        .isEmpty());
        if (there) {
            deleteNote(namespace, name);
        }
    }

    private void deleteSecret(String namespace, String name) {
        present(
                "Delete the Secret %s/%s on %s".formatted(namespace, name, connection),
                () -> client.secrets().inNamespace(namespace).withName(name).delete());
    }

    private static String noteName(String release) {
        return "smo.install." + release;
    }

    private <T> T asked(String what, Callable<T> call) {
        try {
            return calls.within(what, call);
        } catch (KubernetesClientException failed) {
            throw ApiErrors.exception(what, failed);
        }
    }

    private void present(String what, Runnable call) {
        try {
            calls.within(what, Executors.callable(call));
        } catch (KubernetesClientException failed) {
            if (!ApiErrors.isNotFound(failed)) {
                throw ApiErrors.exception(what, failed);
            }
        }
    }

    private static JsonObject object(Map<String, String> texts) {
        JsonObject object = JsonObject.EMPTY;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            object = object.with(text.getKey(), new JsonString(text.getValue()));
        }
        return object;
    }

    private static Map<String, String> labels(ObjectMeta metadata) {
        return Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
    }

    private static ReleaseRevision revision(Secret secret) {
        ObjectMeta metadata = secret.getMetadata();
        Map<String, String> labels = labels(metadata);
        return new ReleaseRevision(
                metadata.getName(),
                metadata.getNamespace(),
                labels.getOrDefault("name", ""),
                number(labels.getOrDefault("version", "0")),
                labels.getOrDefault(STATUS, "unknown"),
                since(labels, metadata),
                labels,
                Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()),
                Optional.ofNullable(secret.getData()).orElse(Map.of()).getOrDefault("release", ""),
                ReleaseLabels.digest(metadata.getUid() + "/" + metadata.getResourceVersion())
                        .substring(0, FINGERPRINT_DIGITS),
                metadata.getResourceVersion());
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static long seconds(String text) {
        return text.matches("\\d{1,11}") ? Long.parseLong(text) : 0;
    }

    private static Instant since(Map<String, String> labels, ObjectMeta metadata) {
        long written = seconds(labels.getOrDefault("modifiedAt", labels.getOrDefault("createdAt", "0")));
        return written > 0 ? Instant.ofEpochSecond(written) : Instant.parse(metadata.getCreationTimestamp());
    }
}
