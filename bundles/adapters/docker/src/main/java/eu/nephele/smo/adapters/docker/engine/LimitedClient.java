// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A client whose answers begin and go on within a limit.
 *
 * @param client does the work
 */
record LimitedClient(DockerHttpClient client, SilenceLimit limit) implements DockerHttpClient {

    @Override
    public Response execute(Request request) {
        try {
            return new LimitedResponse(limit.within(() -> client.execute(request)), limit);
        } catch (IOException late) {
            throw new UncheckedIOException(late);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private record LimitedResponse(Response response, SilenceLimit limit) implements Response {

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return new LimitedStream(response.getBody(), limit);
        }

        @Override
        public void close() {
            response.close();
        }
    }

    private static final class LimitedStream extends FilterInputStream {

        private final SilenceLimit limit;

        LimitedStream(InputStream stream, SilenceLimit limit) {
            super(stream);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            return limit.within(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return limit.within(() -> in.read(bytes, offset, length));
        }

        /** What is left of an answer is read first. */
        @Override
        public void close() throws IOException {
            limit.within(() -> {
                in.close();
                return in;
            });
        }
    }
}
