// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A release as it is.
 *
 * @param workload whose
 * @param assignment number of the assignment that wrote it last
 * @param revision counts changes of the release, from 1
 * @param status what became of the last change
 * @param owner id of the installation that wrote it, "" where it does not say
 * @param digest {@link #digestOf} what is installed in fact
 * @param message for people, "" when all is well
 */
public record ReleaseState(
        WorkloadRef workload,
        long assignment,
        int revision,
        Status status,
        String owner,
        String digest,
        String message) {

    /** Hex SHA-256 of the reference of an artifact and the canonical text of the values. */
    public static String digestOf(String artifactReference, JsonObject values) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(artifactReference.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
            return HexFormat.of().formatHex(sha.digest(values.canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    public enum Status {
        DEPLOYED,
        PENDING,
        FAILED
    }
}
