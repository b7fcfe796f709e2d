// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import eu.nephele.smo.core.contract.access.SessionCookie;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request of a browser that has the cookie of a session. What it sends by itself, a page of somebody else can make it send. */
final class SessionRequest {

    private static final String AUTHORIZATION = "authorization";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private SessionRequest() {}

    /** The credentials of a call: its header, or else the cookie of a session as if it were one. */
    static Optional<String> authorization(GatedRequest call) {
        return call.header(AUTHORIZATION).or(() -> cookie(call).map("Bearer "::concat));
    }

    private static Optional<String> cookie(GatedRequest call) {
        return call.header("cookie").flatMap(SessionCookie::token);
    }

    private static boolean isByCookie(GatedRequest call) {
        return call.header(AUTHORIZATION).isEmpty() && cookie(call).isPresent();
    }

    /**
     * Refuses a change that is authenticated by the cookie, unless the browser says that a page of this server makes it. A host has
     * pages at other ports, too, with the same cookies, which an {@code Origin} with a permitted name alone does not tell apart; so what
     * the browser itself says of the page counts first, and else the whole address.
     */
    static Optional<Denied> forged(GatedRequest call) {
        if (READING.contains(call.method()) || !isByCookie(call)) {
            return Optional.empty();
        }
        boolean own = call.header("sec-fetch-site").map("same-origin"::equals).orElseGet(() -> isOfThisAddress(call));
        return own
                ? Optional.empty()
                : Optional.of(new Denied(
                        403,
                        "A change by the cookie of a session has to come from a page of this server: its browser says so by Origin or Sec-Fetch-Site."
                                + " Programs send 'Authorization: Bearer TOKEN'",
                        Map.of()));
    }

    /** Browsers that say nothing else name host and port; another port is another program. */
    private static boolean isOfThisAddress(GatedRequest call) {
        Optional<String> origin = call.header("origin").map(given -> given.substring(given.indexOf("://") + 3));
        return origin.isPresent()
                && call.header("host").filter(origin.get()::equalsIgnoreCase).isPresent();
    }

    /** A cookie that is over is taken away with the refusal, so that the browser can begin anew. */
    static Denied ended(GatedRequest call, Denied refusal) {
        if (!isByCookie(call)) {
            return refusal;
        }
        boolean tls = !SessionCookie.values(call.header("cookie").orElse(""), SessionCookie.SECURE)
                .isEmpty();
        Map<String, String> headers = new HashMap<>(refusal.headers());
        headers.put("Set-Cookie", SessionCookie.end(tls));
        return new Denied(refusal.status(), refusal.detail(), headers);
    }
}
