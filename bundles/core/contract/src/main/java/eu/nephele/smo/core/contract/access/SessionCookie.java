// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cookie in which a browser keeps the token of its session. Scripts cannot read it, pages of others do not send it with changes. Where
 * the browser comes by TLS its name has the prefix {@code __Host-}: no other host, and no plain HTTP, can set it.
 */
public final class SessionCookie {

    /** Its name, where the browser comes by plain HTTP. */
    public static final String PLAIN = "smo-session";

    /** Its name, where the browser comes by TLS. */
    public static final String SECURE = "__Host-smo-session";

    private static final String TOKEN_BEGIN = "smos_";

    private SessionCookie() {}

    /**
     * Reads the token of a session.
     *
     * @param header value of the header {@code Cookie}
     * @return empty when there is none, or more than one: which one counts would be a guess
     */
    public static Optional<String> token(String header) {
        List<String> secure = values(header, SECURE);
        List<String> tokens = secure.isEmpty() ? values(header, PLAIN) : secure;
        return tokens.size() == 1
                ? Optional.of(tokens.get(0)).filter(token -> token.startsWith(TOKEN_BEGIN))
                : Optional.empty();
    }

    /**
     * The header {@code Cookie} of a request by TLS, without what plain HTTP or another host may have set in the place of
     * a session.
     */
    public static String withoutPlain(String header) {
        return Arrays.stream(header.split(";", -1))
                .map(String::strip)
                .filter(pair -> !pair.startsWith(PLAIN + "="))
                .collect(Collectors.joining("; "));
    }

    /** The values of all cookies of a name, in the order of the header {@code Cookie}. */
    public static List<String> values(String header, String name) {
        return Arrays.stream(header.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .toList();
    }

    /**
     * Value of {@code Set-Cookie} that keeps a session.
     *
     * @param lasting how long the browser keeps it, in whole seconds
     * @param tls whether the browser comes by TLS
     */
    public static String keep(String token, Duration lasting, boolean tls) {
        return attributes(tls ? SECURE : PLAIN, token, "/", lasting, tls);
    }

    /** Value of {@code Set-Cookie} that ends it. */
    public static String end(boolean tls) {
        return keep("", Duration.ZERO, tls);
    }

    /** Value of {@code Set-Cookie} for any cookie that scripts and changes by other pages do not get. */
    public static String attributes(String name, String value, String path, Duration lasting, boolean tls) {
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(name, value, path, lasting.toSeconds(), tls ? "; Secure" : "");
    }
}
