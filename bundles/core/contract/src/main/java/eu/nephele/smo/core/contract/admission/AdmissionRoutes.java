// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.admission;

import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which requests of HTTP are changes that may be refused before their bodies are read, while {@link AdmissionControl} takes none. Told
 * by whoever serves them, and asked for each request that comes, in front of everything.
 */
@ProviderType
public interface AdmissionRoutes {

    /**
     * The route of a request that may be refused unread: the template of its path. Empty for all others, also for one that may be the
     * repetition of an accepted change.
     *
     * @param method in upper case
     * @param path without the query
     * @param hasHeader whether the request has a header field of this name
     */
    Optional<String> route(String method, String path, Predicate<String> hasHeader);
}
