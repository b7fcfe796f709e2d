// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

final class ApiErrors {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private ApiErrors() {}

    /** @param what the action and its place */
    static AdapterException exception(String what, KubernetesClientException failed) {
        Optional<Duration> retryAfter = Optional.ofNullable(failed.getStatus())
                .map(Status::getDetails)
                .map(StatusDetails::getRetryAfterSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        Kind kind = kind(failed);
        return new AdapterException(
                kind,
                HelmErrors.system(kind),
                "%s: %s".formatted(what, HelmErrors.words(words(failed))),
                retryAfter,
                failed);
    }

    static boolean isConflict(KubernetesClientException failed) {
        return failed.getCode() == CONFLICT;
    }

    static boolean isNotFound(KubernetesClientException failed) {
        return failed.getCode() == NOT_FOUND;
    }

    private static Kind kind(KubernetesClientException failed) {
        int code = failed.getCode();
        if (code <= 0) {
            return isTimeout(failed) ? Kind.TIMED_OUT : Kind.UNAVAILABLE;
        }
        return switch (code) {
            case NOT_FOUND -> Kind.NOT_FOUND;
            case CONFLICT -> Kind.CONFLICT;
            default -> isPassing(failed, code) ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    /** A terminating namespace refuses everything, with the status code of missing rights. */
    private static boolean isPassing(KubernetesClientException failed, int code) {
        return code == TOO_MANY || code >= SERVER_ERROR || words(failed).contains("is being terminated");
    }

    /** At its time-out the client closes the connection, and reports the time-out or the closing, whichever comes first. */
    private static boolean isTimeout(Throwable failed) {
        return causes(failed)
                .filter(cause -> !(cause instanceof HttpConnectTimeoutException))
                .anyMatch(cause -> cause instanceof HttpTimeoutException
                        || cause instanceof TimeoutException
                        || "connection closed locally".equals(cause.getMessage()));
    }

    /** Without an answer the innermost cause has the most detail; for a refused connection Java reports none. */
    private static String words(KubernetesClientException failed) {
        if (causes(failed).anyMatch(cause -> cause instanceof ConnectException)) {
            return "its address does not answer";
        }
        return Optional.ofNullable(failed.getStatus())
                .map(Status::getMessage)
                .or(() -> causes(failed)
                        .reduce((outer, inner) -> inner)
                        .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage()))
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause);
    }
}
