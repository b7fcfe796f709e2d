// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

final class KubernetesFailures {

    private static final int MAX_TEXT = 300;
    private static final int SERVER_FAULT = 500;

    /** Gateways with their debug mode on repeat the headers that they were sent. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]+");

    private final String system;
    private final ResponseInterceptor answers;

    KubernetesFailures(String system, ResponseInterceptor answers) {
        this.system = system;
        this.answers = answers;
    }

    AdapterException translate(String what, RuntimeException failure) {
        if (failure instanceof AdapterException classified) {
            return classified;
        }
        int code = failure instanceof KubernetesClientException client ? client.getCode() : 0;
        Kind kind = code > 0 ? kind(code) : withoutStatus(failure);
        String message = "%s: the API server %s"
                .formatted(
                        what,
                        code > 0
                                ? "answered %d: %s".formatted(code, shown(failure))
                                : "gave no valid answer: " + shown(failure));
        Optional<Duration> retryAfter = kind == Kind.UNAVAILABLE ? retryAfter(failure) : Optional.empty();
        return repeatsCredentials(failure)
                ? new AdapterException(kind, system, message, retryAfter)
                : new AdapterException(kind, system, message, retryAfter, failure);
    }

    /** The message of such a cause would be logged with it. */
    private static boolean repeatsCredentials(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (CREDENTIALS.matcher(String.valueOf(t.getMessage())).find()) {
                return true;
            }
        }
        return false;
    }

    private static Kind kind(int code) {
        return switch (code) {
            case 404, 410 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            case 408, 504 -> Kind.TIMED_OUT;
            case 429 -> Kind.UNAVAILABLE;
            default -> code >= SERVER_FAULT ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    private static Kind withoutStatus(Throwable failure) {
        if (has(failure, ResponseInterceptor.ResponseTooLarge.class)) {
            return Kind.REFUSED;
        }
        if (has(failure, HttpConnectTimeoutException.class) || has(failure, JsonEOFException.class)) {
            return Kind.UNAVAILABLE;
        }
        if (has(failure, TimeoutException.class) || has(failure, HttpTimeoutException.class)) {
            return Kind.TIMED_OUT;
        }
        if (has(failure, JsonProcessingException.class)) {
            return Kind.REFUSED;
        }
        return has(failure, IOException.class) ? Kind.UNAVAILABLE : Kind.REFUSED;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Duration> retryAfter(RuntimeException failure) {
        Optional<Duration> inStatus = status(failure)
                .map(Status::getDetails)
                .map(StatusDetails::getRetryAfterSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        return inStatus.isPresent() ? inStatus : answers.retryAfter();
    }

    private static Optional<Status> status(RuntimeException failure) {
        return failure instanceof KubernetesClientException client
                ? Optional.ofNullable(client.getStatus())
                : Optional.empty();
    }

    private static String shown(RuntimeException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String innermost = Optional.ofNullable(deepest.getMessage())
                .filter(said -> !said.isBlank())
                .orElse(deepest.getClass().getSimpleName());
        String text = status(failure)
                .map(Status::getMessage)
                .filter(said -> !said.isBlank())
                .orElse(has(failure, ConnectException.class) ? "no connection" : innermost)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        String shown = CREDENTIALS.matcher(text).replaceAll("$1 …");
        return shown.length() <= MAX_TEXT ? shown : shown.substring(0, MAX_TEXT) + "…";
    }
}
