// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.Authenticator.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on permissions over HTTP. Every server of HTTP holds a mandatory reference to it: without a gate nothing is
 * served.
 */
public interface AccessGate {

    GateDecision check(GatedRequest call);

    /**
     * @param path decoded path, from the root
     * @param headers first value of each header, names in lower case
     * @param remoteAddress network address of the caller
     */
    record GatedRequest(String method, String path, Map<String, String> headers, String remoteAddress) {
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    sealed interface GateDecision {}

    record Allowed(Principal principal) implements GateDecision {}

    /**
     * @param status 401, 403, or 503 when the gate itself cannot judge now
     * @param detail for people: what is missing and where to get it
     * @param headers to be sent along, for example {@code WWW-Authenticate}
     */
    record Denied(int status, String detail, Map<String, String> headers) implements GateDecision {}
}
