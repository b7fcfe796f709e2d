// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Names of the resources of requests: the provider, as far as it is valid in a name, and an id. */
final class InfrastructureNames {

    private static final int MOST_OF_PROVIDER = 30;
    private static final int ID = 32;

    private InfrastructureNames() {}

    /** The same for the same key of the same caller, so that a repeated request finds the new infrastructure. */
    static ResourceRef fresh(String provider, RequestOrigin origin) {
        Optional<String> key = origin.idempotency().map(IdempotencyKey::key);
        return named(
                provider,
                key.map(text -> digest("key\n%s\n%s".formatted(text, origin.principal())))
                        .orElseGet(() -> UUID.randomUUID().toString().replace("-", "")));
    }

    /** Name of existing infrastructure: always the same. */
    static ResourceRef adopted(String provider, String id) {
        return named(provider, digest("id\n%s\n%s".formatted(provider, id)));
    }

    private static ResourceRef named(String provider, String id) {
        String words =
                provider.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+", "");
        String cut = words.substring(0, Math.min(words.length(), MOST_OF_PROVIDER));
        return new ResourceRef(
                InfrastructureRequests.KIND, InfrastructureRequests.SERVER, (cut.isEmpty() ? "p" : cut) + "." + id);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
