// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.Authenticator.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on permissions over HTTP. Every server of HTTP holds a mandatory reference to it: without a gate nothing is
 * served.
 */
public interface AccessGate {

    GateDecision check(GatedRequest call);

    /** Returns whether a caller administers the whole server. */
    default boolean administers(Principal who) {
        return who.roles().contains("admin");
    }

    /**
     * Returns the paths below which a change needs credentials, also where nothing else does; {@code *} stands for one
     * segment.
     */
    default List<String> guardedChanges() {
        return List.of();
    }

    /**
     * @param path decoded path, from the root
     * @param headers first value of each header, names in lower case
     * @param remoteAddress network address of the caller
     * @param certificates of the client, its own first, verified; empty without mutual TLS
     */
    record GatedRequest(
            String method,
            String path,
            Map<String, String> headers,
            String remoteAddress,
            List<X509Certificate> certificates) {

        /** Without certificates. */
        public GatedRequest(String method, String path, Map<String, String> headers, String remoteAddress) {
            this(method, path, headers, remoteAddress, List.of());
        }

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    sealed interface GateDecision {}

    record Allowed(Principal principal) implements GateDecision {}

    /**
     * @param status 401, 403, 429, or 503 when the gate itself cannot judge now
     * @param detail for people: what is missing and where to get it
     * @param headers to be sent along, for example {@code WWW-Authenticate}
     */
    record Denied(int status, String detail, Map<String, String> headers) implements GateDecision {}
}
