// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Translates failures into messages and kinds: the action, its place, the cause, the remedy. */
final class HttpFailures {

    private static final int MAX_TEXT = 300;
    private static final int REDIRECT = 300;
    private static final int CLIENT_FAULT = 400;
    private static final int SERVER_FAULT = 500;

    private final String system;
    private final String base;
    private final Duration timeout;
    private final RetryAfterHeader retryAfter;

    HttpFailures(String system, String base, Duration timeout, InstantSource clock) {
        this.system = system;
        this.base = base;
        this.timeout = timeout;
        this.retryAfter = new RetryAfterHeader(clock);
    }

    AdapterException status(HttpCall call, HttpAnswer answer, Authorization authorization) {
        String told = shown(authorization.hide(answer.body()));
        return new AdapterException(
                kind(answer.status()),
                system,
                "%s answered %d%s%s"
                        .formatted(begin(call), answer.status(), advice(answer), told.isEmpty() ? "" : ": " + told),
                retryAfter.parse(answer.header("retry-after"), answer.header("date")));
    }

    static Kind kind(int status) {
        return switch (status) {
            case 404, 410 -> Kind.NOT_FOUND;
            case 408, 504 -> Kind.TIMED_OUT;
            case 409, 412 -> Kind.CONFLICT;
            case 429 -> Kind.UNAVAILABLE;
            default -> status >= SERVER_FAULT ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    private static String advice(HttpAnswer answer) {
        int status = answer.status();
        if (status >= REDIRECT && status < CLIENT_FAULT) {
            String where =
                    answer.header("location").map(HttpFailures::withoutQuery).orElse("nowhere");
            return " and redirects to %s, which is not followed; set url to the right address".formatted(shown(where));
        }
        return switch (status) {
            case 401 -> " (credentials are missing, wrong or have expired: see token, username and password)";
            case 403 -> " (the credentials do not suffice)";
            case 407 -> " (the proxy requires credentials)";
            default -> "";
        };
    }

    AdapterException answer(HttpCall call, String fault, String body, Authorization authorization) {
        String told = shown(authorization.hide(body));
        return refused("%s did not answer as expected: %s%s"
                .formatted(begin(call), fault, told.isEmpty() ? "" : ", but: " + told));
    }

    AdapterException tooLarge(HttpCall call, int maxBytes) {
        return refused("%s sent an answer of more than %d KiB, the limit of the setting maxAnswerKiB"
                .formatted(begin(call), maxBytes / 1024));
    }

    AdapterException timedOut(HttpCall call, Throwable cause) {
        return new AdapterException(
                Kind.TIMED_OUT,
                system,
                "%s gave no complete answer in %d ms (setting timeoutMillis)"
                        .formatted(begin(call), timeout.toMillis()),
                cause);
    }

    AdapterException interrupted(HttpCall call, InterruptedException cause) {
        return new AdapterException(Kind.TIMED_OUT, system, begin(call) + " was not waited for: interrupted", cause);
    }

    AdapterException closed(HttpCall call) {
        return new AdapterException(
                Kind.UNAVAILABLE, system, begin(call) + " is no longer called: its connection was closed here");
    }

    AdapterException secret(HttpCall call, AdapterException cause) {
        return new AdapterException(
                cause.kind(), system, call.what() + ": " + cause.getMessage(), cause.retryAfter(), cause);
    }

    AdapterException unreachable(HttpCall call, Throwable cause) {
        return new AdapterException(
                Kind.UNAVAILABLE, system, "%s cannot be reached: %s".formatted(begin(call), reason(cause)), cause);
    }

    private static String reason(Throwable cause) {
        if (caused(cause, UnresolvedAddressException.class) || caused(cause, UnknownHostException.class)) {
            return "its name is unknown";
        }
        if (caused(cause, SSLException.class)) {
            return "TLS failed (see the settings url and caFile): " + shown(innermost(cause));
        }
        if (cause instanceof java.net.http.HttpConnectTimeoutException) {
            return "no connection in time (setting connectTimeoutMillis)";
        }
        return cause instanceof ConnectException
                ? "no connection"
                        + Optional.ofNullable(cause.getMessage())
                                .map(m -> ", " + shown(m))
                                .orElse("")
                : "the connection failed, " + shown(String.valueOf(cause.getMessage()));
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return String.valueOf(t.getMessage());
    }

    private AdapterException refused(String message) {
        return new AdapterException(Kind.REFUSED, system, message);
    }

    /** Omits query and user, which may hold secrets. */
    private String begin(HttpCall call) {
        return "%s: %s at %s%s".formatted(call.what(), system, base, withoutQuery(call.path()));
    }

    private static String withoutQuery(String address) {
        return address.split("[?#]", 2)[0].replaceFirst("//[^/@]*@", "//");
    }

    /** On one line, without control and format characters, and not too long. */
    static String shown(String text) {
        String line = text.substring(0, Math.min(text.length(), 4 * MAX_TEXT))
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.codePointCount(0, line.length()) <= MAX_TEXT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_TEXT)) + "…";
    }
}
