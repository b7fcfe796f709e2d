// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

final class RegistryFailures {

    static final String SYSTEM = "oci";

    private RegistryFailures() {}

    static AdapterException refused(String message) {
        return new AdapterException(Kind.REFUSED, SYSTEM, message);
    }

    static AdapterException unavailable(String message, Throwable cause) {
        return new AdapterException(Kind.UNAVAILABLE, SYSTEM, message, cause);
    }

    /**
     * @param headers in lower case
     * @param words of the registry, or ""
     */
    static AdapterException status(
            int status, Map<String, String> headers, String words, String what, ArtifactReference of) {
        String said = words.isEmpty() ? "" : ": " + words;
        String failed = "%s failed, registry %s answered %d%s".formatted(what, of.registry(), status, said);
        return switch (status) {
            case 401, 403 ->
                refused(
                        "%s. It does not exist or may not be read: set credentials (%s=USER:REFERENCE) in %s, or dockerConfig"
                                .formatted(failed, of.registry(), OciSettings.PID));
            case 404, 410 ->
                new AdapterException(
                        Kind.NOT_FOUND,
                        SYSTEM,
                        "%s: %s does not exist; check the reference, or push it".formatted(failed, of));
            case 408, 504 -> new AdapterException(Kind.TIMED_OUT, SYSTEM, failed);
            case 429 ->
                new AdapterException(
                        Kind.UNAVAILABLE, SYSTEM, failed + "; it limits the request rate", retryAfter(headers));
            default ->
                status >= 500
                        ? new AdapterException(Kind.UNAVAILABLE, SYSTEM, failed, retryAfter(headers))
                        : refused(failed);
        };
    }

    static AdapterException failed(Throwable thrown, String what, ArtifactReference of) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AdapterException known) {
                return known;
            }
            if (cause instanceof SSLException) {
                return unavailable(
                        "%s failed, no TLS with registry %s: %s. Is its certificate from an authority in caFile of %s? A registry without TLS has to be in plainHttp"
                                .formatted(what, of.registry(), RegistryMessages.bounded(text(cause)), OciSettings.PID),
                        thrown);
            }
            if (cause instanceof IOException) {
                return unavailable(
                        "%s failed, registry %s cannot be reached or closed the connection: %s"
                                .formatted(what, of.registry(), RegistryMessages.bounded(text(cause))),
                        thrown);
            }
        }
        return unavailable(
                "%s failed, registry %s: %s".formatted(what, of.registry(), RegistryMessages.bounded(text(thrown))),
                thrown);
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        String name = thrown.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }

    static Optional<Duration> retryAfter(Map<String, String> headers) {
        String text = headers.getOrDefault("retry-after", "").strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), moment);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException neitherSecondsNorDate) {
            return Optional.empty();
        }
    }
}
