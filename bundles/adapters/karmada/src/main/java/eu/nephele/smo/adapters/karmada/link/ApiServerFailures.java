// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import eu.nephele.smo.api.model.AnswerLimits;
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

final class ApiServerFailures {

    private static final int LONGEST = 300;

    /** Gateways with their debug mode on repeat the headers that they were sent. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]+");

    private final String system;
    private final RetryAfterInterceptor told;

    ApiServerFailures(String system, RetryAfterInterceptor told) {
        this.system = system;
        this.told = told;
    }

    AdapterException translate(String what, RuntimeException failure) {
        if (failure instanceof AdapterException classified) {
            return classified;
        }
        int code = code(failure);
        Kind kind = code > 0 ? kind(code) : kind(failure);
        String why = code > 0 ? "HTTP %d: %s".formatted(code, words(failure)) : words(failure);
        String message = "%s: %s%s".formatted(what, bounded(why), advice(code, kind));
        return repeatsCredentials(failure)
                ? new AdapterException(kind, system, message, retryAfter(kind, failure))
                : new AdapterException(kind, system, message, retryAfter(kind, failure), failure);
    }

    /** The message of such a cause would be logged with it. */
    private static boolean repeatsCredentials(Throwable failure) {
        for (Optional<Throwable> at = Optional.of(failure); at.isPresent(); at = at.flatMap(ApiServerFailures::cause)) {
            if (CREDENTIALS.matcher(String.valueOf(at.get().getMessage())).find()) {
                return true;
            }
        }
        return false;
    }

    /** Translates a refusal by a member: the server presented the credentials, not we. */
    AdapterException ofMember(String what, RuntimeException failure) {
        String message = "%s: HTTP %d: %s; the member does not accept the credentials that the control plane has for it"
                .formatted(what, code(failure), bounded(words(failure)));
        return repeatsCredentials(failure)
                ? new AdapterException(Kind.REFUSED, system, message)
                : new AdapterException(Kind.REFUSED, system, message, failure);
    }

    static int code(RuntimeException failure) {
        return failure instanceof KubernetesClientException client ? client.getCode() : 0;
    }

    private static Kind kind(int code) {
        return switch (code) {
            case 404, 410 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            case 408, 504 -> Kind.TIMED_OUT;
            case 429 -> Kind.UNAVAILABLE;
            default -> code >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    private static Kind kind(Throwable failure) {
        if (has(failure, AnswerLimit.AnswerTooLarge.class)) {
            return Kind.REFUSED;
        }
        if (has(failure, HttpConnectTimeoutException.class) || has(failure, JsonEOFException.class)) {
            return Kind.UNAVAILABLE;
        }
        if (has(failure, HttpTimeoutException.class) || has(failure, TimeoutException.class)) {
            return Kind.TIMED_OUT;
        }
        if (has(failure, JsonProcessingException.class)) {
            return Kind.REFUSED;
        }
        return has(failure, IOException.class) ? Kind.UNAVAILABLE : Kind.REFUSED;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Optional<Throwable> at = Optional.of(failure); at.isPresent(); at = at.flatMap(ApiServerFailures::cause)) {
            if (type.isInstance(at.get())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Throwable> cause(Throwable failure) {
        return Optional.ofNullable(failure.getCause()).filter(cause -> cause != failure);
    }

    private Optional<Duration> retryAfter(Kind kind, RuntimeException failure) {
        if (kind != Kind.UNAVAILABLE) {
            return Optional.empty();
        }
        Optional<Duration> inStatus = status(failure)
                .map(Status::getDetails)
                .map(StatusDetails::getRetryAfterSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        return inStatus.isPresent() ? inStatus : told.latest();
    }

    private static Optional<Status> status(RuntimeException failure) {
        return failure instanceof KubernetesClientException client
                ? Optional.ofNullable(client.getStatus())
                : Optional.empty();
    }

    private static String words(RuntimeException failure) {
        Optional<String> said = status(failure).map(Status::getMessage).filter(text -> !text.isBlank());
        if (said.isPresent()) {
            return said.get();
        }
        if (has(failure, ConnectException.class)) {
            return "no connection";
        }
        Throwable deepest = failure;
        for (Optional<Throwable> at = cause(failure); at.isPresent(); at = cause(at.get())) {
            deepest = at.get();
        }
        return Optional.ofNullable(deepest.getMessage())
                .filter(text -> !text.isBlank())
                .orElse(deepest.getClass().getSimpleName());
    }

    private static String advice(int code, Kind kind) {
        return switch (code) {
            case 401 -> "; the credentials in the kubeconfig are not accepted";
            case 403 -> "; grant this right to the account, see docs/operate/rbac";
            default -> kind == Kind.REFUSED && code <= 0 ? "; is this address that of an API server?" : "";
        };
    }

    private static String bounded(String text) {
        String line = CREDENTIALS.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("$1 …");
        return AnswerLimits.cut(line, LONGEST);
    }
}
