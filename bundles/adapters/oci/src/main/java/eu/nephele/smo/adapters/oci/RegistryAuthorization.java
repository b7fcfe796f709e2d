// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** @param header secret: never logged, and not part of {@link #toString} */
record RegistryAuthorization(String header) {

    static RegistryAuthorization basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RegistryAuthorization("Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** @throws AdapterException {@code REFUSED}: the token is no header value; its characters are not shown */
    static RegistryAuthorization bearer(String token) {
        if (!isToken(token)) {
            throw RegistryFailures.refused("A bearer token of a registry has characters that no header may have");
        }
        return new RegistryAuthorization("Bearer " + token);
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(each -> each > ' ' && each < 127);
    }

    @Override
    public String toString() {
        return "RegistryAuthorization";
    }
}
