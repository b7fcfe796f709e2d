// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import eu.nephele.smo.api.port.AtMostOnce;
import eu.nephele.smo.api.port.Idempotent;
import eu.nephele.smo.api.port.OnStandby;
import eu.nephele.smo.api.port.http.HttpAnswer;
import java.net.URI;
import java.util.Map;

/**
 * Speaks with an identity provider over HTTP, behind the guard of outside systems. A standby knows callers too, so it may ask. The
 * type is here because the guard keeps what it knows of a type longer than a bundle of the access lives.
 */
public interface ProviderExchange {

    /**
     * Reads a document of JSON.
     *
     * @param what what is tried, for people
     * @throws eu.nephele.smo.api.port.AdapterException it could not be had
     */
    @Idempotent
    @OnStandby
    HttpAnswer read(URI address, String what);

    /**
     * Sends a form. Codes count once, so nothing is sent twice.
     *
     * @param form name and value of each field, not encoded; never logged
     * @param headers further headers
     * @param what what is tried, for people
     * @return also the refusals 400 and 401, whose bodies say more
     * @throws eu.nephele.smo.api.port.AdapterException there was no such answer
     */
    @AtMostOnce
    @OnStandby
    HttpAnswer submit(URI address, Map<String, String> form, Map<String, String> headers, String what);
}
