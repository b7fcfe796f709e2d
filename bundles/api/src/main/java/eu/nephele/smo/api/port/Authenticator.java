// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds out who is asking. Several may be published; the first in ranking order that knows the caller answers. */
@ConsumerType
public interface Authenticator {

    /**
     * @param name the caller: {@code anna} for a user of this server, {@code key:ci} for an API key, {@code PROVIDER:name} for
     *     somebody known elsewhere
     * @param roles names of roles that hold everywhere, beside those granted to the name
     * @param groups that somebody known elsewhere belongs to; {@code PROVIDER/NAME}; rights may be granted to them as {@code
     *     group:PROVIDER/NAME}
     * @param credential by what the caller is known, for example {@code session/4f2a}, or {@code jwt/HASH/SECONDS} for one that
     *     counts until so many seconds after 1970; "" when it cannot be revoked by itself
     */
    record Principal(String name, Set<String> roles, Set<String> groups, String credential) {
        public Principal {
            roles = Set.copyOf(roles);
            groups = Set.copyOf(groups);
        }

        public Principal(String name, Set<String> roles) {
            this(name, roles, Set.of(), "");
        }
    }

    /**
     * What a call brings to show who it is.
     *
     * @param authorization value of the HTTP header {@code Authorization}, or its equivalent from the cookie of a session; never
     *     logged
     * @param certificates of the client, its own first, verified by the server; empty without mutual TLS
     * @param address network address of the caller
     */
    record Presented(Optional<String> authorization, List<X509Certificate> certificates, String address) {
        public Presented {
            certificates = List.copyOf(certificates);
        }

        @Override
        public String toString() {
            return "Presented[address=%s, certificates=%d]".formatted(address, certificates.size());
        }
    }

    /**
     * @param authorization value of the HTTP header {@code Authorization}; never logged
     * @return who it is; empty when this authenticator does not know
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAUTHENTICATED} when the credential is of a kind that only this
     *     authenticator judges, and is refused: the message says why, and is told to the caller if no other authenticator knows
     *     it
     */
    Optional<Principal> authenticate(String authorization);

    /**
     * The same with everything that a call brings.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code THROTTLED} when the caller has failed too often, {@code UNAVAILABLE}
     *     when nobody can be known now
     */
    default Optional<Principal> authenticate(Presented presented) {
        return presented.authorization().flatMap(this::authenticate);
    }
}
