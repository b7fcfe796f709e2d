// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds out who is asking. Several may be published; the first in ranking order that knows the caller answers. */
@ConsumerType
public interface Authenticator {

    /**
     * @param name user or key id
     * @param roles names of roles
     */
    record Principal(String name, Set<String> roles) {
        public Principal {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * @param authorization value of the HTTP header {@code Authorization}; never logged
     * @return who it is; empty when this authenticator does not know
     */
    Optional<Principal> authenticate(String authorization);
}
