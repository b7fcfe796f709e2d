// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the object of each Work to its member. A Work that is being deleted goes when its member has taken the order
 * to delete the copy, not when the pods have gone; while the cluster is not ready nothing happens to its Works.
 */
final class ExecutionController {

    private static final String APPLIED = "Applied";
    private static final String CONFLICT_RESOLUTION = "work.karmada.io/conflict-resolution";

    private final ControlPlane host;
    private final PlayerLoop playerLoop;

    ExecutionController(ControlPlane host, PlayerLoop playerLoop) {
        this.host = host;
        this.playerLoop = playerLoop;
    }

    void reconcile(Map<String, MemberCluster> members) {
        for (ObjectNode work : host.all(ObjectKind.WORK)) {
            Optional.ofNullable(members.get(BindingController.cluster(work)))
                    .filter(member -> member.reachable() && host.clusterReady(member.name()))
                    .ifPresent(member -> playerLoop.attempt(() -> execute(work, member)));
        }
    }

    static boolean applied(ObjectNode work) {
        return PodStatuses.isTrue(work, APPLIED);
    }

    private void execute(ObjectNode work, MemberCluster member) {
        JsonNode manifest = BindingController.manifest(work);
        Optional<ObjectKind> kind = ObjectKind.ofPropagated(manifest);
        if (ControlPlane.ends(work)) {
            kind.filter(member::serves)
                    .filter(known -> !member.isOfOthers(known, manifest))
                    .ifPresent(known -> member.server().delete(known, manifest.path("metadata"), 30));
            host.removeFinalizer(ObjectKind.WORK, work, BindingController.FINALIZER);
        } else if (kind.isPresent()) {
            bring(work, kind.get(), (ObjectNode) manifest, member);
        }
    }

    private void bring(ObjectNode work, ObjectKind kind, ObjectNode manifest, MemberCluster member) {
        Optional<ObjectNode> there = member.copy(kind, manifest);
        if (there.filter(ControlPlane::ends).isPresent()) {
            return;
        }
        boolean same = there.filter(copy -> MemberCopy.digestOf(copy).equals(MemberCopy.digestOf(manifest)))
                .isPresent();
        String failure = same ? "" : apply(kind, manifest, member);
        boolean successful = failure.isEmpty();
        if (successful != applied(work) || !PodStatuses.hasCondition(work, APPLIED)) {
            ObjectNode status = ApiServer.object();
            status.set(
                    "conditions",
                    KarmadaConditions.with(
                            work,
                            APPLIED,
                            successful,
                            successful ? "AppliedSuccessful" : "AppliedFailed",
                            successful
                                    ? "Manifest has been successfully applied"
                                    : "Failed to apply all manifests (0/1): " + failure));
            host.server().patchStatus(ObjectKind.WORK, work.path("metadata"), status, false);
        }
    }

    /** Karmada takes over namespaces of members; other objects only where the template says so. */
    private static boolean overwrites(ObjectKind kind, ObjectNode manifest) {
        return kind.equals(ObjectKind.NAMESPACE)
                || manifest.path("metadata")
                        .path("annotations")
                        .path(CONFLICT_RESOLUTION)
                        .asText()
                        .equals("overwrite");
    }

    /** Reason of its failure; empty after success. */
    private static String apply(ObjectKind kind, ObjectNode manifest, MemberCluster member) {
        if (!member.serves(kind)) {
            return "no matches for kind \"%s\" in version \"%s\"".formatted(kind.name(), kind.apiVersion());
        }
        try {
            if (!overwrites(kind, manifest) && member.isOfOthers(kind, manifest)) {
                return "resource(kind=%s, %s/%s) already exist in cluster %s and the %s strategy value is empty, karmada will not manage this resource"
                        .formatted(
                                kind.name(),
                                manifest.path("metadata").path("namespace").asText(),
                                manifest.path("metadata").path("name").asText(),
                                member.name(),
                                CONFLICT_RESOLUTION);
            }
            member.server().apply(kind, manifest, "karmada");
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
