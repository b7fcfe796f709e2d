// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.remote.wire.Messages.Refusal;
import eu.nephele.smo.lab.remote.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Calls to the world process; every failure becomes an {@link AdapterException} that says what follows from it. */
final class WorldClient {

    static final String SYSTEM = "world";

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int CLIENT_FAULT = 400;
    private static final int SERVER_FAULT = 500;

    private final URI base;
    private final Duration timeout;
    private final HttpClient http;
    private final Wire wire = new Wire();

    WorldClient(URI base, Duration connectTimeout, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    <T> T get(String path, String what, TypeReference<T> type) {
        return wire.read(call(request("GET", path, BodyPublishers.noBody(), timeout), what), type);
    }

    /** Waits longer than other calls by as much as the world is asked to wait. */
    <T> T poll(String path, Duration wait, String what, TypeReference<T> type) {
        return wire.read(call(request("GET", path, BodyPublishers.noBody(), timeout.plus(wait)), what), type);
    }

    /** Empty when the thing is not there. */
    <T> Optional<T> find(String path, String what, TypeReference<T> type) {
        try {
            return Optional.of(get(path, what, type));
        } catch (AdapterException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    <T> T post(String path, Object body, String what, TypeReference<T> type) {
        return wire.read(call(request("POST", path, json(body), timeout), what), type);
    }

    <T> T put(String path, Object body, String what, TypeReference<T> type) {
        return wire.read(call(request("PUT", path, json(body), timeout), what), type);
    }

    void put(String path, Object body, String what) {
        call(request("PUT", path, json(body), timeout), what);
    }

    /** Absent already is as good. */
    void delete(String path, String what) {
        try {
            call(request("DELETE", path, BodyPublishers.noBody(), timeout), what);
        } catch (AdapterException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(wire.bytes(body));
    }

    private HttpRequest request(String method, String path, BodyPublisher body, Duration limit) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
    }

    private byte[] call(HttpRequest request, String what) {
        HttpResponse<byte[]> response = send(request, what);
        int status = response.statusCode();
        if (status == OK || status == NO_CONTENT) {
            return response.body();
        }
        throw refusal(status, response.body(), what);
    }

    private HttpResponse<byte[]> send(HttpRequest request, String what) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            // not even connected: nothing can have happened there
            Kind kind = e instanceof java.net.http.HttpConnectTimeoutException ? Kind.UNAVAILABLE : Kind.TIMED_OUT;
            throw new AdapterException(kind, SYSTEM, "%s: no answer from %s in time".formatted(what, base), e);
        } catch (IOException e) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    SYSTEM,
                    "%s: the world at %s cannot be reached (%s); it is tried again".formatted(what, base, e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdapterException(Kind.TIMED_OUT, SYSTEM, what + ": interrupted while waiting for " + base, e);
        }
    }

    private AdapterException refusal(int status, byte[] body, String what) {
        Refusal refusal = told(body).orElseGet(() -> new Refusal(kind(status), "status " + status));
        return new AdapterException(refusal.kind(), SYSTEM, what + ": " + refusal.message());
    }

    private Optional<Refusal> told(byte[] body) {
        try {
            return Optional.of(wire.read(body, new TypeReference<Refusal>() {}));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    static Kind kind(int status) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 408, 504 -> Kind.TIMED_OUT;
            default -> status >= CLIENT_FAULT && status < SERVER_FAULT ? Kind.REFUSED : Kind.UNAVAILABLE;
        };
    }
}
