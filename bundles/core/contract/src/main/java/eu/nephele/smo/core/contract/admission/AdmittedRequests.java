// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.admission;

import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which requests of HTTP are changes that may be refused before their bodies are read, while {@link AdmissionControl} takes none. Told
 * by whoever serves them, and asked for each request that comes.
 */
@ProviderType
public interface AdmittedRequests {

    /**
     * Whether such a request may be refused unread. One that may be the repetition of an accepted change may not.
     *
     * @param method in upper case
     * @param path without the query
     * @param hasHeader whether the request has a header field of this name
     */
    boolean contains(String method, String path, Predicate<String> hasHeader);
}
