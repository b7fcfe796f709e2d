// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** By {@code java.net.http}, which is made when the first request needs it. */
public final class JdkTransport implements HttpTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Optional<SSLContext> authorities;
    private final AtomicReference<@Nullable HttpClient> made = new AtomicReference<>();

    /** @param authorities who vouches for an https server; empty for those of Java */
    public JdkTransport(Optional<SSLContext> authorities) {
        this.authorities = authorities;
    }

    @Override
    public SmoResponse exchange(URI server, SmoRequest request) throws IOException, InterruptedException {
        return read(client().send(prepared(server, request), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<SmoResponse> exchangeLater(URI server, SmoRequest request) {
        HttpRequest prepared;
        try {
            prepared = prepared(server, request);
        } catch (IOException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
        return client().sendAsync(prepared, BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(JdkTransport::read);
    }

    @Override
    public StreamedResponse open(URI server, SmoRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client().send(prepared(server, request), BodyHandlers.ofInputStream());
        return new StreamedResponse(answer.statusCode(), headers(answer.headers()), answer.body());
    }

    private HttpClient client() {
        HttpClient present = made.get();
        if (present != null) {
            return present;
        }
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        authorities.ifPresent(client::sslContext);
        HttpClient fresh = client.build();
        HttpClient earlier = made.compareAndExchange(null, fresh);
        return earlier == null ? fresh : earlier;
    }

    private static HttpRequest prepared(URI server, SmoRequest request) throws IOException {
        HttpRequest.Builder prepared = HttpRequest.newBuilder(server.resolve(request.path()))
                .timeout(request.patience())
                .method(request.method(), publisher(request.body()));
        request.headers().forEach(prepared::setHeader);
        request.body().ifPresent(body -> prepared.setHeader("Content-Type", body.mediaType()));
        return prepared.build();
    }

    private static BodyPublisher publisher(Optional<RequestBody> body) throws IOException {
        if (body.isEmpty()) {
            return BodyPublishers.noBody();
        }
        Optional<Path> file = body.get().file();
        if (file.isEmpty()) {
            return BodyPublishers.ofString(body.get().text().orElse(""), StandardCharsets.UTF_8);
        }
        if (!Files.isRegularFile(file.get())) {
            throw new NoSuchFileException(file.get().toString());
        }
        return BodyPublishers.ofFile(file.get());
    }

    private static SmoResponse read(HttpResponse<String> answer) {
        return new SmoResponse(answer.statusCode(), headers(answer.headers()), answer.body());
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> first = new LinkedHashMap<>();
        headers.map().forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return first;
    }
}
