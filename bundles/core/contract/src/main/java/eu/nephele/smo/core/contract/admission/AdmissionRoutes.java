// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.admission;

import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Requests of HTTP that are changes and may be refused before their bodies are read, while {@link AdmissionControl}
 * accepts none. Registered by the server of the paths, and checked for each request in front of everything.
 */
@ProviderType
public interface AdmissionRoutes {

    /**
     * The route of a request that may be refused unread: the template of its path. Empty for all others, also for a
     * possible retry of an accepted change.
     *
     * @param method in upper case
     * @param path without the query
     */
    Optional<String> route(String method, String path, Predicate<String> hasHeader);
}
