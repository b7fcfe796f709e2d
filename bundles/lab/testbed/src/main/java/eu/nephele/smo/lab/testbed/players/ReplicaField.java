// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;

/** How many pods an object asks for, where Karmada divides them. */
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

    /** The field of {@code spec} that tells it; empty for kinds without. */
    static String field(ObjectKind kind) {
        if (COUNTED.contains(kind)) {
            return "replicas";
        }
        return kind.equals(ObjectKind.JOB) ? "parallelism" : "";
    }
}
