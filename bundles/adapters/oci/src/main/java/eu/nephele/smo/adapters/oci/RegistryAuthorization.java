// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Value of the header {@code Authorization}.
 *
 * @param header secret: never logged, and not part of {@link #toString}
 */
record RegistryAuthorization(String header) {

    static RegistryAuthorization basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RegistryAuthorization("Basic " + Base64.getEncoder().encodeToString(both));
    }

    static RegistryAuthorization bearer(String token) {
        return new RegistryAuthorization("Bearer " + token);
    }

    @Override
    public String toString() {
        return "RegistryAuthorization";
    }
}
