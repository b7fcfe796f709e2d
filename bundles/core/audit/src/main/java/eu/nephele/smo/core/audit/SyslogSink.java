// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Sends entries to a syslog server: RFC 5424 with facility 13 (log audit), severity notice for what was refused or has failed and
 * informational for the rest, the entry as JSON. Over TCP with octet counting (RFC 6587), over UDP one datagram each.
 */
final class SyslogSink implements ChainReader.ChainSink {

    private static final int AUDIT_FACILITY = 13;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final int CONNECT_MILLIS = 5000;

    private final boolean stream;
    private final String host;
    private final int port;
    private final String here;
    private final AuditLines lines = new AuditLines();

    /** @throws IllegalArgumentException when it is no {@code tcp://HOST:PORT} or {@code udp://HOST:PORT} */
    SyslogSink(String target) {
        URI uri = URI.create(target);
        String scheme = String.valueOf(uri.getScheme());
        if (!List.of("tcp", "udp").contains(scheme) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException(
                    "Configuration %s: syslog=%s, expected tcp://HOST:PORT or udp://HOST:PORT"
                            .formatted(AuditTrailComponent.PID, target));
        }
        this.stream = scheme.equals("tcp");
        this.host = uri.getHost();
        this.port = uri.getPort();
        this.here = hostName();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "-";
        }
    }

    @Override
    public void take(List<AuditEntry> entries) throws IOException {
        if (stream) {
            takeOverTcp(entries);
        } else {
            takeOverUdp(entries);
        }
    }

    private void takeOverTcp(List<AuditEntry> entries) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (AuditEntry entry : entries) {
            byte[] message = message(entry);
            frames.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(message);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            OutputStream out = socket.getOutputStream();
            frames.writeTo(out);
            out.flush();
            socket.shutdownOutput();
        }
    }

    private void takeOverUdp(List<AuditEntry> entries) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress to = new InetSocketAddress(host, port);
            if (to.isUnresolved()) {
                throw new UnknownHostException(host);
            }
            for (AuditEntry entry : entries) {
                byte[] message = message(entry);
                socket.send(new DatagramPacket(message, message.length, to));
            }
        }
    }

    private byte[] message(AuditEntry entry) {
        boolean good = List.of("accepted", "repeated").contains(entry.content().outcome());
        String header = "<%d>1 %s %s smo %d audit - "
                .formatted(
                        AUDIT_FACILITY * 8 + (good ? INFORMATIONAL : NOTICE),
                        DateTimeFormatter.ISO_INSTANT.format(entry.content().at()),
                        here,
                        ProcessHandle.current().pid());
        return (header + lines.text(entry)).getBytes(StandardCharsets.UTF_8);
    }
}
