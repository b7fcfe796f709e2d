// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * @param id of existing infrastructure
 * @param nodes desired number of worker nodes
 * @param attempt another number repeats the call of the provider
 */
record DesiredInfrastructure(
        String provider, Optional<JsonObject> wish, Optional<String> id, Optional<Integer> nodes, int attempt) {

    /** @param desired satisfies the schema of the kind */
    static DesiredInfrastructure from(JsonObject desired) {
        JsonFieldReader fields = new JsonFieldReader(desired);
        return new DesiredInfrastructure(
                fields.optionalText("provider").orElse(""),
                fields.optionalObject("wish"),
                fields.optionalText("id"),
                fields.optionalNumber("nodes").map(BigDecimal::intValue),
                fields.optionalNumber("attempt").map(BigDecimal::intValue).orElse(0));
    }

    /** Returns the part compared to detect a changed creation. */
    String creation() {
        return "%s attempt %d".formatted(wishDigest(), attempt);
    }

    /** Returns the part compared to detect a changed scaling. */
    Optional<String> scaling() {
        return nodes.map(count -> "%d nodes, attempt %d".formatted(count, attempt));
    }

    String wishDigest() {
        byte[] text = wish.orElse(JsonObject.EMPTY).canonical().getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
