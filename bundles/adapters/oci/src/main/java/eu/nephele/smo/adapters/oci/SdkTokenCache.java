// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import land.oras.ContainerRef;
import land.oras.auth.HttpClient.TokenResponse;
import land.oras.auth.Scope;
import land.oras.auth.Scopes;
import land.oras.auth.TokenCache;

/**
 * Tokens cached by the SDK. It presents a rejected token to the token server instead of the login, and caches the answer of a
 * failing server as a token. It cannot evict one, but its lookup can be directed to another key.
 */
final class SdkTokenCache {

    /** No token server has this name, so the SDK finds no token, requests a new one, and caches it under the right name. */
    private static final String NOWHERE = "smo:none";

    private static final int MOST_REMEMBERED = 1000;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /**
     * Returns the scopes for a cached token newer than this object. An older one may belong to the login of a
     * former configuration: the SDK keeps tokens for the whole process.
     */
    Scopes usable(ArtifactReference of) {
        if (asked.size() >= MOST_REMEMBERED) {
            asked.clear();
        }
        boolean ours = !asked.add(of.registry() + "/" + of.repository());
        return ours || held(of).isEmpty() ? used(of) : renewed(of);
    }

    private static Scopes used(ArtifactReference of) {
        return Scopes.of(container(of), Scope.PULL);
    }

    /** Returns the scopes for a new token. */
    static Scopes renewed(ArtifactReference of) {
        return Scopes.of(NOWHERE, container(of), Scope.PULL);
    }

    /** Returns the cached token, "" if the server issued none; empty: none is cached. */
    static Optional<String> held(ArtifactReference of) {
        TokenResponse held = TokenCache.get(used(of));
        if (held == null) {
            return Optional.empty();
        }
        String token = held.token() == null ? held.access_token() : held.token();
        return Optional.of(token == null ? "" : token);
    }

    private static ContainerRef container(ArtifactReference of) {
        return ContainerRef.parse(of.registry() + "/" + of.repository());
    }
}
