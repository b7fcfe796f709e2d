// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Value of the header {@code Authorization} of one call.
 *
 * @param header "" for none
 * @param secrets texts hidden in messages, in case the system repeats them
 */
record Authorization(String header, List<String> secrets) {

    private static final String HIDDEN = "***";

    static Authorization create(Credentials credentials, SecretReferences references, String system) {
        if (credentials instanceof Credentials.Bearer bearer) {
            String token = references.headerSecret(bearer.token(), "token", system);
            return new Authorization("Bearer " + token, List.of(token));
        }
        if (credentials instanceof Credentials.Basic basic) {
            String password = references.secret(basic.password(), "password", system);
            String pair = basic.user() + ":" + password;
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return new Authorization("Basic " + encoded, List.of(encoded, password));
        }
        return new Authorization("", List.of());
    }

    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "Authorization[none]" : "Authorization[" + HIDDEN + "]";
    }
}
