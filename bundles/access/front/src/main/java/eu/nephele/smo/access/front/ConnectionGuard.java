// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.access.ClientNetwork;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;

/** Limits connections without a request: number, number per address, time for header fields. None holds a thread. */
final class ConnectionGuard implements Connection.Listener {

    private final ConnectionLimits limits;
    private final Map<Connection, SeenConnection> open = new ConcurrentHashMap<>();
    private final Map<ClientNetwork, AtomicInteger> byAddress = new ConcurrentHashMap<>();

    /** @param headerTime limit from the first byte of a request to the end of its header fields */
    record ConnectionLimits(int connections, int perAddress, Duration headerTime) {}

    private static final class SeenConnection {
        private final AtomicInteger requests = new AtomicInteger();
        private volatile long bytesBefore;
        private volatile long beganNanos;
    }

    ConnectionGuard(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public void onOpened(Connection connection) {
        // TLS: the inner connection is reported, too
        if (connection instanceof SslConnection) {
            return;
        }
        open.put(connection, new SeenConnection());
        int same = byAddress
                .compute(networkOf(connection), (who, count) -> {
                    AtomicInteger counted = count == null ? new AtomicInteger() : count;
                    counted.incrementAndGet();
                    return counted;
                })
                .get();
        if (same > limits.perAddress() || open.size() > limits.connections()) {
            refuse(connection, new ProblemDetails(503, "The limit of concurrent connections is reached. Try again."));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (open.remove(connection) != null) {
            byAddress.computeIfPresent(
                    networkOf(connection), (who, count) -> count.decrementAndGet() <= 0 ? null : count);
        }
    }

    void begun(Connection connection) {
        SeenConnection seen = open.get(connection);
        if (seen != null) {
            seen.requests.incrementAndGet();
        }
    }

    void ended(Connection connection) {
        SeenConnection seen = open.get(connection);
        if (seen != null) {
            seen.bytesBefore = connection.getBytesIn();
            seen.beganNanos = 0;
            seen.requests.decrementAndGet();
        }
    }

    /** Closes connections whose handshake or next request has begun but does not complete. */
    void closeStalled() {
        long now = System.nanoTime();
        open.forEach((connection, seen) -> {
            boolean begun = isShakingHands(connection.getEndPoint()) || connection.getBytesIn() != seen.bytesBefore;
            if (seen.requests.get() > 0 || !begun) {
                seen.beganNanos = 0;
            } else if (seen.beganNanos == 0) {
                seen.beganNanos = now;
            } else if (now - seen.beganNanos > limits.headerTime().toNanos()) {
                refuse(
                        connection,
                        new ProblemDetails(
                                408,
                                "The header fields did not arrive within %d s: headerSeconds of the PID %s"
                                        .formatted(limits.headerTime().toSeconds(), FrontConfig.PID)));
            }
        });
    }

    /** A session without a protocol is one that is being agreed upon. */
    private static boolean isShakingHands(EndPoint endPoint) {
        return endPoint instanceof SslConnection.SslEndPoint encrypted
                && encrypted
                        .getSslConnection()
                        .getSSLEngine()
                        .getSession()
                        .getProtocol()
                        .equals("NONE");
    }

    int openConnections() {
        return open.size();
    }

    /** Writes the answer directly, because no request exists that could be answered. */
    private static void refuse(Connection connection, ProblemDetails problem) {
        byte[] body = problem.bytes("", ProblemDetails.correlationId(null));
        String head = """
                HTTP/1.1 %d Refused\r
                Content-Type: %s\r
                Content-Length: %d\r
                %s%sConnection: close\r
                \r
                """.formatted(
                        problem.status(),
                        ProblemDetails.MEDIA_TYPE,
                        body.length,
                        AnswerHeaders.lines(),
                        problem.status() == 503 ? "Retry-After: 1\r\n" : "");
        EndPoint endPoint = connection.getEndPoint();
        if (isShakingHands(endPoint)) {
            // nothing can be said yet, and a write would wait for the rest of the handshake
            ((SslConnection.SslEndPoint) endPoint)
                    .getSslConnection()
                    .getEndPoint()
                    .close();
            return;
        }
        endPoint.write(
                Callback.from(endPoint::close),
                ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)),
                ByteBuffer.wrap(body));
    }

    private static ClientNetwork networkOf(Connection connection) {
        InetAddress address = connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
        return ClientNetwork.from(address.getHostAddress());
    }
}
