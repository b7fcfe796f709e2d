// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One connection: a request, its answer, the next request. Only on the thread of its loop. */
public final class HttpConnection {

    private static final int MOST_BYTES = 8 << 20;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String END_OF_LINE = "\r\n";

    private final SocketChannel channel;
    private final HttpListener.PlayedService service;
    private final Consumer<HttpConnection> onEnd;

    /** What could not be sent yet, in order. */
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

    private byte[] received = new byte[0];
    private boolean answering;
    private boolean closes;
    private Optional<SelectionKey> key = Optional.empty();
    private Optional<Runnable> afterEnd = Optional.empty();

    HttpConnection(SocketChannel channel, HttpListener.PlayedService service, Consumer<HttpConnection> onEnd) {
        this.channel = channel;
        this.service = service;
        this.onEnd = onEnd;
    }

    void begin(SelectionKey registered) {
        key = Optional.of(registered);
    }

    /** @param buffer of the loop, for what is read */
    void ready(ByteBuffer buffer) {
        try {
            SelectionKey now = key.orElseThrow();
            if (now.isWritable()) {
                send();
            }
            if (now.isValid() && now.isReadable()) {
                read(buffer);
            }
        } catch (IOException lost) {
            close();
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            close();
            return;
        }
        buffer.flip();
        int before = received.length;
        if (before + count > MOST_BYTES) {
            throw new IOException("a request without an end");
        }
        received = Arrays.copyOf(received, before + count);
        buffer.get(received, before, count);
        serveNext();
    }

    private void serveNext() {
        while (!answering && channel.isOpen()) {
            Optional<ReceivedRequest> request = take();
            if (request.isEmpty()) {
                return;
            }
            answering = true;
            try {
                service.serve(request.get(), this);
            } catch (RuntimeException failed) {
                failed.printStackTrace();
                close();
            }
        }
    }

    /** The next request, if all of it is there. */
    private Optional<ReceivedRequest> take() {
        String text = new String(received, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split(END_OF_LINE, 0);
        String[] words = lines[0].split(" ", 0);
        int begin = end + END_OF_HEAD.length();
        Optional<String> length = header(lines, "content-length");
        boolean chunked = header(lines, "transfer-encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int next;
        if (chunked) {
            next = chunks(text, begin, body);
        } else {
            next = begin + length.map(Integer::parseInt).orElse(0);
            if (next <= received.length) {
                body.write(received, begin, next - begin);
            }
        }
        if (next < 0 || next > received.length) {
            return Optional.empty();
        }
        received = Arrays.copyOfRange(received, next, received.length);
        closes = header(lines, "connection").filter("close"::equalsIgnoreCase).isPresent()
                || (words.length > 2 && words[2].equals("HTTP/1.0"));
        return Optional.of(ReceivedRequest.received(
                words[0], words[1], header(lines, "user-agent").orElse(""), body.toString(StandardCharsets.UTF_8)));
    }

    private static Optional<String> header(String[] lines, String name) {
        return Arrays.stream(lines)
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Returns where it ends; negative when it is not all there. */
    private int chunks(String text, int begin, ByteArrayOutputStream body) {
        int at = begin;
        while (true) {
            int line = text.indexOf(END_OF_LINE, at);
            if (line < 0) {
                return -1;
            }
            int size =
                    Integer.parseInt(text.substring(at, line).split(";", 0)[0].strip(), 16);
            int from = line + END_OF_LINE.length();
            int after = from + size + END_OF_LINE.length();
            if (after > received.length) {
                return -1;
            }
            if (size == 0) {
                return after;
            }
            body.write(received, from, size);
            at = after;
        }
    }

    /** Answers with JSON. */
    void json(int status, String body) {
        answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    void text(int status, String body) {
        answer(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(int status, String type, byte[] body) {
        String head = "HTTP/1.1 %d Played%sContent-Type: %s%sContent-Length: %d%s%s"
                .formatted(
                        status,
                        END_OF_LINE,
                        type,
                        END_OF_LINE,
                        body.length,
                        END_OF_LINE,
                        closes ? "Connection: close" + END_OF_HEAD : END_OF_LINE);
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(start.length + body.length);
        whole.put(start).put(body).flip();
        write(whole);
        done();
    }

    /** Answers without a body. */
    void empty(int status) {
        String end = closes ? "Connection: close" + END_OF_HEAD : END_OF_LINE;
        String length = status == 204 || status == 304 ? "" : "Content-Length: 0" + END_OF_LINE;
        write(ascii("HTTP/1.1 %d Played%s%s%s".formatted(status, END_OF_LINE, length, end)));
        done();
    }

    /** Begins an answer in chunks. */
    void begin(String type) {
        write(ascii("HTTP/1.1 200 OK%sContent-Type: %s%sTransfer-Encoding: chunked%s"
                .formatted(END_OF_LINE, type, END_OF_LINE, END_OF_HEAD)));
    }

    void chunk(byte[] bytes) {
        byte[] size = (Integer.toHexString(bytes.length) + END_OF_LINE).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(size.length + bytes.length + END_OF_LINE.length());
        whole.put(size)
                .put(bytes)
                .put(END_OF_LINE.getBytes(StandardCharsets.US_ASCII))
                .flip();
        write(whole);
    }

    void chunk(String text) {
        chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends an answer in chunks. */
    void end() {
        write(ascii("0" + END_OF_HEAD));
        done();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void done() {
        answering = false;
        if (closes && unsent.isEmpty()) {
            close();
        } else {
            serveNext();
        }
    }

    private void write(ByteBuffer bytes) {
        if (!channel.isOpen()) {
            return;
        }
        unsent.add(bytes);
        try {
            send();
        } catch (IOException lost) {
            close();
        }
    }

    private void send() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer first = unsent.peek();
            channel.write(first);
            if (first.hasRemaining()) {
                key.ifPresent(it -> it.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE));
                return;
            }
            unsent.poll();
        }
        key.filter(SelectionKey::isValid).ifPresent(it -> it.interestOps(SelectionKey.OP_READ));
        if (closes && !answering) {
            close();
        }
    }

    /** @param task called once, when the connection has ended for whatever reason */
    void whenEnded(Runnable task) {
        afterEnd = Optional.of(task);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        onEnd.accept(this);
        afterEnd.ifPresent(Runnable::run);
    }
}
