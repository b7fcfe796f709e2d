// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events as the HTML standard says. */
public final class SseReader implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final InputStream stream;
    private final BufferedReader lines;
    private String lastEventId = "";
    private int comments;

    /** What was told. */
    public record Message(String id, String type, String data) {}

    private SseReader(InputStream stream) {
        this.stream = stream;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** @param lastEventId "" for none */
    public static SseReader open(URI uri, String lastEventId) {
        return open(uri, lastEventId, Long.MAX_VALUE);
    }

    /** @param cutAfterBytes where the connection breaks, wherever in an event that is */
    public static SseReader open(URI uri, String lastEventId, long cutAfterBytes) {
        HttpResponse<InputStream> response = response(uri, lastEventId);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        return new SseReader(new Cut(response.body(), cutAfterBytes));
    }

    public static HttpResponse<InputStream> response(URI uri, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** @return empty when the stream has ended, or broke */
    public Optional<Message> next() {
        String id = lastEventId;
        String type = "message";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments++;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.isEmpty()) {
                    // Only what is complete counts, an id without data, too.
                    lastEventId = id;
                    if (!data.isEmpty()) {
                        return Optional.of(new Message(id, type, data.toString()));
                    }
                }
            }
            return Optional.empty();
        } catch (IOException cut) {
            return Optional.empty();
        }
    }

    /** What this client says when it connects again. */
    public String lastEventId() {
        return lastEventId;
    }

    public int comments() {
        return comments;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException already) {
            throw new UncheckedIOException(already);
        }
    }

    private static final class Cut extends InputStream {

        private final InputStream in;
        private long left;

        Cut(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
