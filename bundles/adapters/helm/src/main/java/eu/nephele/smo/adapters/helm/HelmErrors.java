// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Errors of Helm are text only. The first contained fragment decides; a message without any is a refusal. */
final class HelmErrors {

    static final String SYSTEM = "helm";
    /** System of all API servers together: an unavailable one must not block Helm for the others. */
    static final String API_SERVER = "kubernetes";
    /** Prefix of the versions for which the table was made. */
    static final String VERSION = "v3.21.";

    private static final int LONGEST = 600;
    private static final Pattern PATHS =
            Pattern.compile("(?<![\\w.:/])/(?:[\\w.@+~-]+/)+[\\w.@+~-]+(?=[\\s:,;\"')\\]]|$)");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(?:bearer|basic)\\s+[\\w.~+/=-]+");
    private static final Duration SOON = Duration.ofSeconds(3);

    private record ErrorRow(String fragment, Kind kind) {}

    private static final List<ErrorRow> TABLE = List.of(
            new ErrorRow("another operation (install/upgrade/rollback) is in progress", Kind.UNAVAILABLE),
            new ErrorRow("cannot re-use a name that is still in use", Kind.CONFLICT),
            new ErrorRow("invalid ownership metadata", Kind.CONFLICT),
            new ErrorRow("is being terminated", Kind.UNAVAILABLE),
            new ErrorRow("no matches for kind", Kind.REFUSED),
            new ErrorRow("field is immutable", Kind.REFUSED),
            new ErrorRow("is forbidden", Kind.REFUSED),
            new ErrorRow("unauthorized", Kind.REFUSED),
            new ErrorRow("must be logged in to the server", Kind.REFUSED),
            new ErrorRow("unable to build kubernetes objects", Kind.REFUSED),
            new ErrorRow("error validating data", Kind.REFUSED),
            new ErrorRow("yaml parse error", Kind.REFUSED),
            new ErrorRow("values don't meet the specifications of the schema", Kind.REFUSED),
            new ErrorRow("execution error at", Kind.REFUSED),
            new ErrorRow("chart.yaml file is missing", Kind.REFUSED),
            new ErrorRow("chart metadata is missing", Kind.REFUSED),
            new ErrorRow("no such file or directory", Kind.NOT_FOUND),
            new ErrorRow("has no deployed releases", Kind.CONFLICT),
            new ErrorRow("release: not found", Kind.NOT_FOUND),
            new ErrorRow("connection refused", Kind.UNAVAILABLE),
            new ErrorRow("no such host", Kind.UNAVAILABLE),
            new ErrorRow("no route to host", Kind.UNAVAILABLE),
            new ErrorRow("network is unreachable", Kind.UNAVAILABLE),
            new ErrorRow("connection reset by peer", Kind.UNAVAILABLE),
            new ErrorRow("unexpected eof", Kind.UNAVAILABLE),
            new ErrorRow("tls: ", Kind.UNAVAILABLE),
            new ErrorRow("x509: ", Kind.UNAVAILABLE),
            new ErrorRow("too many requests", Kind.UNAVAILABLE),
            new ErrorRow("timed out waiting for the condition", Kind.TIMED_OUT),
            new ErrorRow("context deadline exceeded", Kind.TIMED_OUT),
            new ErrorRow("i/o timeout", Kind.UNAVAILABLE),
            new ErrorRow("tls handshake timeout", Kind.UNAVAILABLE),
            new ErrorRow("request canceled", Kind.TIMED_OUT),
            new ErrorRow("kubernetes cluster unreachable", Kind.UNAVAILABLE),
            new ErrorRow("unable to handle the request", Kind.UNAVAILABLE),
            new ErrorRow("the object has been modified", Kind.UNAVAILABLE),
            new ErrorRow("already exists", Kind.CONFLICT));

    private HelmErrors() {}

    static Kind kind(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return TABLE.stream()
                .filter(row -> lower.contains(row.fragment()))
                .findFirst()
                .map(ErrorRow::kind)
                .orElse(Kind.REFUSED);
    }

    /** Returns the failed system, from the messages of worker or client: only the API server can fall silent. */
    static String system(Kind kind) {
        return kind == Kind.UNAVAILABLE || kind == Kind.TIMED_OUT ? API_SERVER : SYSTEM;
    }

    static AdapterException exception(String what, String message) {
        Kind kind = kind(message);
        Optional<Duration> retryAfter = kind == Kind.UNAVAILABLE ? Optional.of(SOON) : Optional.empty();
        return new AdapterException(
                kind, system(kind), "%s: Helm says: %s".formatted(what, words(message)), retryAfter);
    }

    /** Returns Helm's own words, shortened, without our file names and credentials. */
    static String words(String message) {
        String clean = PATHS.matcher(message.strip()).replaceAll("…");
        clean = BEARER.matcher(clean).replaceAll("credentials …").replaceAll("\\s*[\\r\\n]+\\s*", "; ");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
