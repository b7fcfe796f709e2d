// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Copy of an object for a member cluster: the object without the fields that its server adds, with a mark and a digest. */
record MemberCopy(ObjectKind kind, ObjectNode object, String digest) {

    /** Annotation on each copy, so that an unchanged one is not written. */
    static final String DIGEST = "testbed/digest";

    private static final List<String> OF_THE_SERVER = List.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "ownerReferences",
            "finalizers",
            "selfLink");

    /** Labels that Karmada writes on a copy to find its origin. */
    record CopyLabels(Map<String, String> labels, Map<String, String> annotations) {

        static final CopyLabels NONE = new CopyLabels(Map.of(), Map.of());
    }

    /**
     * @param replicas when the cluster has a count of its own
     * @param changes of override policies
     */
    static MemberCopy create(ObjectKind kind, ObjectNode template, OptionalInt replicas, List<JsonNode> changes) {
        return create(kind, template, replicas, changes, CopyLabels.NONE);
    }

    static MemberCopy create(
            ObjectKind kind, ObjectNode template, OptionalInt replicas, List<JsonNode> changes, CopyLabels copyLabels) {
        ObjectNode copy = template.deepCopy();
        copy.remove("status");
        ObjectNode metadata = (ObjectNode) copy.path("metadata");
        metadata.remove(OF_THE_SERVER);
        ObjectNode labels = metadata.withObject("/labels").put(MemberCluster.MANAGED, "true");
        copyLabels.labels().forEach(labels::put);
        copyLabels.annotations().forEach(metadata.withObject("/annotations")::put);
        if (copy.path("spec") instanceof ObjectNode spec) {
            if (kind.equals(ObjectKind.SERVICE)
                    && !spec.path("clusterIP").asText().equals("None")) {
                spec.remove(List.of("clusterIP", "clusterIPs", "healthCheckNodePort"));
                spec.path("ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
            }
            if (kind.equals(ObjectKind.JOB) && !spec.path("manualSelector").asBoolean()) {
                spec.remove("selector"); // each API server makes its own
                spec.path("template")
                        .path("metadata")
                        .withObject("/labels")
                        .remove(List.of("controller-uid", "job-name"));
            }
            replicas.ifPresent(count -> spec.put(ReplicaField.field(kind), count));
        }
        changes.forEach(change -> change(copy, change));
        String digest = digest(copy.toString());
        metadata.withObject("/annotations").put(DIGEST, digest);
        return new MemberCopy(kind, copy, digest);
    }

    /** The digest that a copy carries; empty for other objects. */
    static String digestOf(JsonNode copy) {
        return copy.path("metadata").path("annotations").path(DIGEST).asText();
    }

    private static void change(ObjectNode copy, JsonNode change) {
        JsonPointer pointer = JsonPointer.compile(change.path("path").asText());
        JsonNode parent = copy.at(pointer.head());
        String operator = change.path("operator").asText();
        String field = pointer.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            if (operator.equals("remove")) {
                object.remove(field);
            } else {
                object.set(field, change.path("value"));
            }
        } else if (parent instanceof ArrayNode array
                && pointer.last().getMatchingIndex() >= 0
                && pointer.last().getMatchingIndex() < array.size()) {
            if (operator.equals("remove")) {
                array.remove(pointer.last().getMatchingIndex());
            } else {
                array.set(pointer.last().getMatchingIndex(), change.path("value"));
            }
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
