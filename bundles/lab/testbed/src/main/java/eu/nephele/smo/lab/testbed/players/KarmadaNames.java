// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

final class KarmadaNames {

    private static final String EXECUTION_SPACE = "karmada-es-";
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private KarmadaNames() {}

    /** The namespace on the control plane that holds the Works of a member. */
    static String executionSpace(String cluster) {
        return EXECUTION_SPACE + cluster;
    }

    static Optional<String> clusterOf(String executionSpace) {
        return executionSpace.startsWith(EXECUTION_SPACE)
                ? Optional.of(executionSpace.substring(EXECUTION_SPACE.length()))
                : Optional.empty();
    }

    static String binding(ObjectKind kind, JsonNode object) {
        return object.path("metadata").path("name").asText() + "-" + kind.name().toLowerCase(Locale.ROOT);
    }

    static String work(ObjectKind kind, JsonNode object) {
        String namespace = object.path("metadata").path("namespace").asText();
        String name = object.path("metadata").path("name").asText().toLowerCase(Locale.ROOT);
        String whole = (namespace.isEmpty() ? "" : namespace + "-") + name + "-" + kind.name();
        return name + "-" + hash(whole.toLowerCase(Locale.ROOT));
    }

    /** The value of the label {@code resourcebinding.karmada.io/key}. */
    static String reference(String namespace, String name) {
        return hash(namespace + "/" + name);
    }

    private static String hash(String text) {
        int hash = 0x811c9dc5; // FNV-1a
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * 0x01000193;
        }
        StringBuilder safe = new StringBuilder();
        Integer.toUnsignedString(hash).chars().forEach(digit -> safe.append(SAFE.charAt(digit % SAFE.length())));
        return safe.toString();
    }
}
