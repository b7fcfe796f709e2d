// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What follows from an error of Helm, which tells it in words only. The first fragment that a message holds decides; a message
 * that holds none is a refusal: a person shall read it.
 */
final class HelmErrors {

    /** Name of the outside system. */
    static final String SYSTEM = "helm";
    /** Whoever an API server is: one that is away must not keep Helm from the others. */
    static final String API_SERVER = "kubernetes";
    /** Start of the versions that the table was made for. */
    static final String VERSION = "v3.21.";

    private static final int LONGEST = 600;
    private static final Pattern PATHS =
            Pattern.compile("(?<![\\w.:/])/(?:[\\w.@+~-]+/)+[\\w.@+~-]+(?=[\\s:,;\"')\\]]|$)");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+[\\w.~+/=-]+");
    private static final Duration SOON = Duration.ofSeconds(3);

    private record Row(String fragment, Kind kind) {}

    private static final List<Row> TABLE = List.of(
            new Row("another operation (install/upgrade/rollback) is in progress", Kind.UNAVAILABLE),
            new Row("cannot re-use a name that is still in use", Kind.CONFLICT),
            new Row("invalid ownership metadata", Kind.CONFLICT),
            new Row("is being terminated", Kind.UNAVAILABLE),
            new Row("no matches for kind", Kind.REFUSED),
            new Row("field is immutable", Kind.REFUSED),
            new Row("is forbidden", Kind.REFUSED),
            new Row("unauthorized", Kind.REFUSED),
            new Row("must be logged in to the server", Kind.REFUSED),
            new Row("unable to build kubernetes objects", Kind.REFUSED),
            new Row("error validating data", Kind.REFUSED),
            new Row("yaml parse error", Kind.REFUSED),
            new Row("values don't meet the specifications of the schema", Kind.REFUSED),
            new Row("execution error at", Kind.REFUSED),
            new Row("chart.yaml file is missing", Kind.REFUSED),
            new Row("chart metadata is missing", Kind.REFUSED),
            new Row("no such file or directory", Kind.NOT_FOUND),
            new Row("has no deployed releases", Kind.CONFLICT),
            new Row("release: not found", Kind.NOT_FOUND),
            new Row("connection refused", Kind.UNAVAILABLE),
            new Row("no such host", Kind.UNAVAILABLE),
            new Row("no route to host", Kind.UNAVAILABLE),
            new Row("network is unreachable", Kind.UNAVAILABLE),
            new Row("connection reset by peer", Kind.UNAVAILABLE),
            new Row("unexpected eof", Kind.UNAVAILABLE),
            new Row("tls: ", Kind.UNAVAILABLE),
            new Row("x509: ", Kind.UNAVAILABLE),
            new Row("too many requests", Kind.UNAVAILABLE),
            new Row("timed out waiting for the condition", Kind.TIMED_OUT),
            new Row("context deadline exceeded", Kind.TIMED_OUT),
            new Row("i/o timeout", Kind.UNAVAILABLE),
            new Row("tls handshake timeout", Kind.UNAVAILABLE),
            new Row("request canceled", Kind.TIMED_OUT),
            new Row("kubernetes cluster unreachable", Kind.UNAVAILABLE),
            new Row("unable to handle the request", Kind.UNAVAILABLE),
            new Row("the object has been modified", Kind.UNAVAILABLE),
            new Row("already exists", Kind.CONFLICT));

    private HelmErrors() {}

    static Kind kind(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return TABLE.stream()
                .filter(row -> lower.contains(row.fragment()))
                .findFirst()
                .map(Row::kind)
                .orElse(Kind.REFUSED);
    }

    /** Who has failed, of what the worker or the client was told: silence is that of the API server alone. */
    static String system(Kind kind) {
        return kind == Kind.UNAVAILABLE || kind == Kind.TIMED_OUT ? API_SERVER : SYSTEM;
    }

    /** @param what was tried, on which object */
    static AdapterException exception(String what, String message) {
        Kind kind = kind(message);
        Optional<Duration> retryAfter = kind == Kind.UNAVAILABLE ? Optional.of(SOON) : Optional.empty();
        return new AdapterException(
                kind, system(kind), "%s: Helm says: %s".formatted(what, words(message)), retryAfter);
    }

    /** Helm's own words without our files and what opens doors, and not too many. */
    static String words(String message) {
        String clean = PATHS.matcher(message.strip()).replaceAll("…");
        clean = BEARER.matcher(clean).replaceAll("Bearer …").replaceAll("\\s*[\\r\\n]+\\s*", "; ");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
