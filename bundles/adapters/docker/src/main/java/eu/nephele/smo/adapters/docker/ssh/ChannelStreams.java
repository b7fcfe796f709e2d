// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket channel as two streams. Those of {@link java.nio.channels.Channels} let nobody write while somebody reads, which a
 * connection that waits for an answer does all the time.
 */
final class ChannelStreams {

    private final SocketChannel socket;

    ChannelStreams(SocketChannel socket) {
        this.socket = socket;
    }

    InputStream in() {
        return new InputStream() {

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : socket.read(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    OutputStream out() {
        return new OutputStream() {

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    socket.write(rest);
                }
            }

            @Override
            public void close() throws IOException {
                // the other direction may still have something to say
                if (socket.isOpen()) {
                    socket.shutdownOutput();
                }
            }
        };
    }
}
