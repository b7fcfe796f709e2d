// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.remote.wire.Messages.WireRefusal;
import eu.nephele.smo.lab.remote.wire.WireJson;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a world over HTTP on the loopback interface. */
public final class WorldServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorldServer.class);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;
    private static final int TIMED_OUT = 504;
    private static final byte[] NOTHING = {};

    private final SimulatedFederation federation;
    private final OwnerCallLog owners = new OwnerCallLog(Clock.systemUTC());
    private final WorldRoutes worldRoutes;
    private final RandomLatency latency;
    private final WireJson wire = new WireJson();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private static final class WorldResponse {
        private final int status;
        private final byte[] body;

        WorldResponse(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }
    }

    /**
     * @param federation ends with the server
     * @param port 0 for any that is free
     */
    public WorldServer(SimulatedFederation federation, WorldOptions options, int port) throws IOException {
        this.federation = federation;
        this.worldRoutes = new WorldRoutes(federation, owners);
        this.latency = new RandomLatency(options.latencyMillis(), options.seed());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public WorldReport report() {
        return worldRoutes.report();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        federation.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            owners.called(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    CallingServer.from(name -> header(exchange, name)));
            WorldCall call = WorldCall.create(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    new WorldCall.CallBody(exchange.getRequestBody().readAllBytes(), wire));
            send(exchange, answer(call));
        } catch (IOException e) {
            // the caller was killed in the middle of its call: that is what this world is for
            LOG.debug("answer not sent method={} uri={}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private WorldResponse answer(WorldCall call) {
        boolean slow = WorldRoutes.isPort(call);
        if (slow) {
            latency.passHalf();
        }
        WorldResponse answer = refusable(call);
        if (slow) {
            latency.passHalf();
        }
        return answer;
    }

    private WorldResponse refusable(WorldCall call) {
        try {
            Optional<Object> answer = worldRoutes.answer(call);
            return answer.map(it -> new WorldResponse(OK, wire.bytes(it)))
                    .orElseGet(() -> new WorldResponse(NO_CONTENT, NOTHING));
        } catch (AdapterException e) {
            return refusal(status(e.kind()), e.kind(), e);
        } catch (NoSuchElementException e) {
            return refusal(NOT_FOUND, Kind.NOT_FOUND, e);
        } catch (IllegalStateException e) {
            return refusal(CONFLICT, Kind.CONFLICT, e);
        } catch (IllegalArgumentException | ScenarioException e) {
            return refusal(BAD_REQUEST, Kind.REFUSED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refusal(UNAVAILABLE, Kind.UNAVAILABLE, e);
        } catch (RuntimeException e) {
            // a fault of the world must not look like an answer of it
            LOG.error("call failed method={} path={}", call.method(), call.path(), e);
            return refusal(INTERNAL, Kind.UNAVAILABLE, e);
        }
    }

    private WorldResponse refusal(int status, Kind kind, Exception why) {
        String message = Optional.ofNullable(why.getMessage()).orElse(why.toString());
        return new WorldResponse(status, wire.bytes(new WireRefusal(kind, message)));
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> UNAVAILABLE;
            case REFUSED -> UNPROCESSABLE;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case TIMED_OUT -> TIMED_OUT;
        };
    }

    private static void send(HttpExchange exchange, WorldResponse answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] body = answer.body;
        exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    void await() throws InterruptedException {
        while (!threads.awaitTermination(1, TimeUnit.DAYS)) {
            LOG.debug("world still running");
        }
    }
}
