// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

final class InputDigests {

    private InputDigests() {}

    static Snapshot snapshot(JsonObject content) {
        return snapshot(content, Optional.empty());
    }

    static Snapshot snapshot(JsonObject content, Optional<Snapshot> shared) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.canonical().getBytes(StandardCharsets.UTF_8));
            shared.ifPresent(with -> digest.update(with.digest().getBytes(StandardCharsets.UTF_8)));
            return new Snapshot(HexFormat.of().formatHex(digest.digest()), content, shared);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
