// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.server.HttpReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Sends a request over a connection of its own and waits for the answer. */
final class RawConnection {

    private static final int CONNECT_MILLIS = 5000;

    private final int port;
    private final int answerMillis;

    /** @param answerMillis longest time to the answer, from the last byte sent */
    RawConnection(int port, int answerMillis) {
        this.port = port;
        this.answerMillis = answerMillis;
    }

    ShotOutcome send(Shot shot) throws InterruptedException {
        long from = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(answerMillis);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String sending = write(shot, socket, in);
            try {
                return ShotOutcome.of(new HttpReader(in).read(shot.method()), millis(from));
            } catch (IOException e) {
                return ShotOutcome.none(e + sending, millis(from));
            }
        } catch (IOException e) {
            return ShotOutcome.none("no connection: " + e, millis(from));
        }
    }

    /** Empty, or the reason of an incomplete write: the server may answer and close before. */
    private static String write(Shot shot, Socket socket, InputStream in) throws InterruptedException {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte[] part : shot.parts()) {
                out.write(part);
                out.flush();
                if (shot.isSlow()) {
                    if (in.available() > 0) {
                        return "";
                    }
                    TimeUnit.MILLISECONDS.sleep(shot.pauseMillis());
                }
            }
            if (shot.demand() == Shot.Demand.END) {
                // the end of the output, which the reader must see
                socket.shutdownOutput();
            }
            return "";
        } catch (IOException e) {
            return ", while sending: " + e;
        }
    }

    private static long millis(long fromNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNanos);
    }
}
