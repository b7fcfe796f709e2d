// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Says what follows from what an API server answers. */
final class KubernetesFailures {

    private static final int MAX_TEXT = 300;
    private static final int SERVER_FAULT = 500;

    private final String system;

    KubernetesFailures(String system) {
        this.system = system;
    }

    AdapterException of(String what, KubernetesClientException failure) {
        int code = failure.getCode();
        return new AdapterException(
                code <= 0 ? withoutAnswer(failure) : kind(code),
                system,
                "%s: the API server %s"
                        .formatted(
                                what,
                                code <= 0
                                        ? "did not answer: " + shown(failure)
                                        : "answered %d: %s".formatted(code, shown(failure))),
                retryAfter(failure),
                failure);
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

    private static Kind withoutAnswer(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HttpConnectTimeoutException) {
                return Kind.UNAVAILABLE;
            }
            if (t instanceof TimeoutException || t instanceof HttpTimeoutException) {
                return Kind.TIMED_OUT;
            }
        }
        return Kind.UNAVAILABLE;
    }

    private static Optional<Duration> retryAfter(KubernetesClientException failure) {
        return Optional.ofNullable(failure.getStatus())
                .map(Status::getDetails)
                .map(StatusDetails::getRetryAfterSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    private static String shown(KubernetesClientException failure) {
        String text = Optional.ofNullable(failure.getStatus())
                .map(Status::getMessage)
                .orElseGet(() -> String.valueOf(failure.getMessage()))
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
