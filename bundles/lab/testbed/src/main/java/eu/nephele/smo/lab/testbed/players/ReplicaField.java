// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;

/** Replica count of an object, where Karmada divides it. */
final class ReplicaField {

    private static final List<ObjectKind> COUNTED = List.of(ObjectKind.DEPLOYMENT, ObjectKind.STATEFUL_SET);

    private ReplicaField() {}

    static OptionalInt read(ObjectKind kind, JsonNode object) {
        if (COUNTED.contains(kind)) {
            return OptionalInt.of(object.path("spec").path("replicas").asInt(1));
        }
        return kind.equals(ObjectKind.JOB)
                ? OptionalInt.of(object.path("spec").path("parallelism").asInt(1))
                : OptionalInt.empty();
    }

    /** Its field of {@code spec}; empty for kinds without. */
    static String field(ObjectKind kind) {
        if (COUNTED.contains(kind)) {
            return "replicas";
        }
        return kind.equals(ObjectKind.JOB) ? "parallelism" : "";
    }
}
