// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Addresses inputs by what they are. */
final class Digests {

    private Digests() {}

    static Snapshot snapshot(JsonObject content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.canonical().getBytes(StandardCharsets.UTF_8));
            return new Snapshot(HexFormat.of().formatHex(digest), content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
