// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import java.time.Duration;
import java.util.Set;

/**
 * What is asked of a token.
 *
 * @param provider name of the provider, for messages
 * @param issuer exactly what its tokens have to say
 * @param audience one of those that a token of a call has to name
 * @param clientId of this server at the provider, whom a token of a login has to name; "" when nobody logs in by it
 * @param algorithms names of the signatures that count, all of them asymmetric
 * @param skew by which the clocks of provider and server may differ
 */
public record TokenRules(
        String provider, String issuer, String audience, String clientId, Set<String> algorithms, Duration skew) {

    public TokenRules {
        algorithms = Set.copyOf(algorithms);
    }
}
