// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;

/** How many pods an object asks for, where Karmada divides them. */
final class Replicas {

    private static final List<Kind> COUNTED = List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET);

    private Replicas() {}

    static OptionalInt of(Kind kind, JsonNode object) {
        if (COUNTED.contains(kind)) {
            return OptionalInt.of(object.path("spec").path("replicas").asInt(1));
        }
        return kind.equals(Kind.JOB)
                ? OptionalInt.of(object.path("spec").path("parallelism").asInt(1))
                : OptionalInt.empty();
    }

    /** The field of {@code spec} that tells it; empty for kinds without. */
    static String field(Kind kind) {
        if (COUNTED.contains(kind)) {
            return "replicas";
        }
        return kind.equals(Kind.JOB) ? "parallelism" : "";
    }
}
