// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the object of each Work to its member. A Work that is told to end goes when its member has taken the order to delete the
 * copy, not when the pods have gone; while the cluster is not ready nothing happens to its Works.
 */
final class Execution {

    private static final String APPLIED = "Applied";
    private static final String CONFLICT_RESOLUTION = "work.karmada.io/conflict-resolution";

    private final ControlPlane host;
    private final Round round;

    Execution(ControlPlane host, Round round) {
        this.host = host;
        this.round = round;
    }

    void look(Map<String, Member> members) {
        for (ObjectNode work : host.all(Kind.WORK)) {
            Optional.ofNullable(members.get(Works.cluster(work)))
                    .filter(member -> member.reachable() && host.clusterReady(member.name()))
                    .ifPresent(member -> round.attempt(() -> execute(work, member)));
        }
    }

    static boolean applied(ObjectNode work) {
        return Pods.isTrue(work, APPLIED);
    }

    private void execute(ObjectNode work, Member member) {
        JsonNode manifest = Works.manifest(work);
        Optional<Kind> kind = Kind.ofPropagated(manifest);
        if (ControlPlane.ends(work)) {
            kind.filter(member::serves)
                    .filter(known -> !member.isOfOthers(known, manifest))
                    .ifPresent(known -> member.server().delete(known, manifest.path("metadata"), 30));
            host.removeFinalizer(Kind.WORK, work, Works.FINALIZER);
        } else if (kind.isPresent()) {
            bring(work, kind.get(), (ObjectNode) manifest, member);
        }
    }

    private void bring(ObjectNode work, Kind kind, ObjectNode manifest, Member member) {
        Optional<ObjectNode> there = member.copy(kind, manifest);
        if (there.filter(ControlPlane::ends).isPresent()) {
            return;
        }
        boolean same = there.filter(copy -> Copy.digestOf(copy).equals(Copy.digestOf(manifest)))
                .isPresent();
        String failure = same ? "" : apply(kind, manifest, member);
        boolean successful = failure.isEmpty();
        if (successful != applied(work) || !Pods.hasCondition(work, APPLIED)) {
            ObjectNode status = ApiServer.object();
            status.set(
                    "conditions",
                    Conditions.with(
                            work,
                            APPLIED,
                            successful,
                            successful ? "AppliedSuccessful" : "AppliedFailed",
                            successful
                                    ? "Manifest has been successfully applied"
                                    : "Failed to apply all manifests (0/1): " + failure));
            host.server().patchStatus(Kind.WORK, work.path("metadata"), status, false);
        }
    }

    /** Namespaces of members become those of Karmada; whatever else they have only where its template says so. */
    private static boolean overwrites(Kind kind, ObjectNode manifest) {
        return kind.equals(Kind.NAMESPACE)
                || manifest.path("metadata")
                        .path("annotations")
                        .path(CONFLICT_RESOLUTION)
                        .asText()
                        .equals("overwrite");
    }

    /** Why it did not work; empty when it did. */
    private static String apply(Kind kind, ObjectNode manifest, Member member) {
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
