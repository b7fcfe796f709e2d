// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.lab.remote.wire.Messages.WireRefusal;
import eu.nephele.smo.lab.remote.wire.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls to the world process; every failure becomes an {@link AdapterException} of its kind. Calls run on the
 * thread of the caller from the first byte to the last, for that costs a fraction of a client with threads of its own. An interrupt
 * does not end a call, its time limit does. A call whose kept connection turns out to be closed is retried on a new one: each may
 * be done twice.
 */
final class WorldClient {

    static final String SYSTEM = "world";

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int CLIENT_FAULT = 400;
    private static final int SERVER_FAULT = 500;
    private static final TypeReference<WireRefusal> REFUSAL = new TypeReference<>() {};
    private static final byte[] NO_BODY = {};
    /** A query about many objects at once is a POST. */
    private static final Set<String> CHANGES = Set.of("PUT", "DELETE");

    private final URI base;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final Supplier<Optional<Tenure>> tenure;
    private final WireJson wire = new WireJson();

    WorldClient(URI base, Duration connectTimeout, Duration timeout) {
        this(base, connectTimeout, timeout, Optional::empty);
    }

    /**
     * @param timeout longest silence of the world
     * @param tenure sent with each call, so that the world identifies the caller
     */
    WorldClient(URI base, Duration connectTimeout, Duration timeout, Supplier<Optional<Tenure>> tenure) {
        this.tenure = tenure;
        this.base = base;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
    }

    <T> T get(String path, String what, TypeReference<T> type) {
        return read(call("GET", path, NO_BODY, timeout, what), what, type);
    }

    /** A call whose time limit is longer by the wait that it asks of the world. */
    <T> T poll(String path, Duration wait, String what, TypeReference<T> type) {
        return read(call("GET", path, NO_BODY, timeout.plus(wait), what), what, type);
    }

    /** Empty when the object does not exist. */
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
        return read(call("POST", path, wire.bytes(body), timeout, what), what, type);
    }

    <T> T put(String path, Object body, String what, TypeReference<T> type) {
        return read(call("PUT", path, wire.bytes(body), timeout, what), what, type);
    }

    void put(String path, Object body, String what) {
        call("PUT", path, wire.bytes(body), timeout, what);
    }

    /** Deletes an object; a missing one is no failure. */
    void delete(String path, String what) {
        try {
            call("DELETE", path, NO_BODY, timeout, what);
        } catch (AdapterException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private <T> T read(byte[] answer, String what, TypeReference<T> type) {
        try {
            return wire.read(answer, type);
        } catch (IllegalArgumentException e) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, SYSTEM, "%s: %s does not answer as the world does".formatted(what, base), e);
        }
    }

    private byte[] call(String method, String path, byte[] body, Duration limit, String what) {
        Optional<Tenure> held = tenure.get();
        HttpURLConnection connection = connected(method, path, body, limit, held, what);
        try {
            if (body.length > 0) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            // nothing was sent yet: the process may have stood still since the check of the guard
            if (CHANGES.contains(method)
                    && held.filter(it -> it.left().isZero()).isPresent()) {
                connection.disconnect();
                throw notTheOwner(what);
            }
            int status = connection.getResponseCode();
            byte[] answer = answer(connection, status);
            if (status == OK || status == NO_CONTENT) {
                return answer;
            }
            throw refusal(status, answer, what);
        } catch (SocketTimeoutException e) {
            throw new AdapterException(
                    Kind.TIMED_OUT, SYSTEM, "%s: no answer from %s in time".formatted(what, base), e);
        } catch (IOException e) {
            throw unreachable(what, e);
        }
    }

    private static AdapterException notTheOwner(String what) {
        return new AdapterException(
                Kind.UNAVAILABLE, SYSTEM, what + ": this server does not own its database any more; nothing was sent");
    }

    /** Without a connection the call cannot have had an effect. */
    private HttpURLConnection connected(
            String method, String path, byte[] body, Duration limit, Optional<Tenure> held, String what) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setUseCaches(false);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
            held.ifPresent(it -> {
                Duration left = it.left();
                if (CHANGES.contains(method) && left.isZero()) {
                    throw notTheOwner(what);
                }
                connection.setRequestProperty("Smo-Owner", it.holder());
                connection.setRequestProperty("Smo-Epoch", Long.toString(it.epoch()));
                // tells writes of a former owner from late ones
                connection.setRequestProperty("Smo-Begun", Long.toString(System.currentTimeMillis()));
                connection.setRequestProperty("Smo-Left", Long.toString(left.toNanos()));
            });
            if (body.length > 0) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
            }
            connection.connect();
            return connection;
        } catch (IOException e) {
            throw unreachable(what, e);
        }
    }

    /** Read to its end, so that the connection is kept. */
    private static byte[] answer(HttpURLConnection connection, int status) throws IOException {
        InputStream content = status < CLIENT_FAULT ? connection.getInputStream() : connection.getErrorStream();
        if (content == null) {
            return NO_BODY;
        }
        try (content) {
            int length = connection.getContentLength();
            byte[] answer = length < 0 ? content.readAllBytes() : content.readNBytes(length);
            if (answer.length < length) {
                throw new IOException("the answer was cut off");
            }
            return answer;
        }
    }

    private AdapterException unreachable(String what, IOException e) {
        return new AdapterException(
                Kind.UNAVAILABLE, SYSTEM, "%s: the world at %s cannot be reached (%s)".formatted(what, base, e), e);
    }

    private AdapterException refusal(int status, byte[] body, String what) {
        WireRefusal refusal = readRefusal(body).orElseGet(() -> new WireRefusal(kind(status), "status " + status));
        return new AdapterException(refusal.kind(), SYSTEM, what + ": " + refusal.message());
    }

    private Optional<WireRefusal> readRefusal(byte[] body) {
        try {
            return Optional.of(wire.read(body, REFUSAL));
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
