// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks a component whether it is ready. */
public final class HttpProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 50;

    private final HttpClient client;
    private final HttpRequest request;

    private HttpProbe(HttpClient client, HttpRequest request) {
        this.client = client;
        this.request = request;
    }

    public static HttpProbe create(URI address) {
        return new HttpProbe(HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), request(address, Map.of()));
    }

    /** A probe with a bearer token and an authority of its own. */
    public static HttpProbe create(URI address, String token, Path authority) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.trusting(authority))
                .build();
        return new HttpProbe(client, request(address, Map.of("Authorization", "Bearer " + token)));
    }

    /** Returns whether it answers 200 now. */
    public boolean answers() throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet, or no longer: this is what the probe finds out
        }
    }

    /** @throws IOException when it is not ready in time, or ended */
    public void await(OsProcess process, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IOException(
                        "%s ended at start (%s):%n%s".formatted(process.name(), process.log(), process.lastWords()));
            }
            if (System.nanoTime() > end) {
                throw new IOException("%s is not ready after %d s: %s does not answer 200; see %s%n%s"
                        .formatted(
                                process.name(), limit.toSeconds(), request.uri(), process.log(), process.lastWords()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static HttpRequest request(URI address, Map<String, String> headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address).timeout(TIMEOUT);
        headers.forEach(builder::header);
        return builder.build();
    }
}
