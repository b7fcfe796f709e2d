// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port.http;

import eu.nephele.smo.api.port.AdapterException;
import org.osgi.annotation.versioning.ProviderType;

/** One outside system that speaks HTTP. May be called by many threads at once. */
@ProviderType
public interface HttpSystem extends AutoCloseable {

    /**
     * Sends one request, once, and waits for the whole answer, at most for the time-out of the settings.
     *
     * @return an answer with a status from 200 to 299, or with one that the call {@linkplain HttpCall#expecting expects}
     * @throws AdapterException {@code UNAVAILABLE}: no connection, name unknown, TLS failed, connection broken, 429 or 500 to 599
     *     (with what the system says of trying again); {@code TIMED_OUT}: no complete answer in time, 408 or 504;
     *     {@code NOT_FOUND}: 404 or 410; {@code CONFLICT}: 409 or 412; {@code REFUSED}: every other status, an answer that is too
     *     large, and one that is no JSON where JSON is asked for
     */
    HttpAnswer send(HttpCall call);

    /** Ends its connections and threads; calls that wait fail with {@code UNAVAILABLE}. */
    @Override
    void close();
}
