// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.client.ClientSettings;
import eu.nephele.smo.access.client.SmoClient;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.HttpTransport;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.SmoProblem;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.call.SmoRequest;
import eu.nephele.smo.access.client.call.SmoResponse;
import eu.nephele.smo.access.client.call.SmoUnreachableException;
import eu.nephele.smo.access.client.call.StreamedResponse;
import eu.nephele.smo.access.client.call.TokenSource;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Calls of one server, by the client of Java, as trees of JSON. Every method throws {@link CallFailed} when the answer is not a success.
 * Nothing is retried: whoever sits at the terminal is told when to.
 */
public final class RestCalls {

    /** Maximum wait of a server plus a margin. */
    private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(330);

    private static final Set<String> OPEN = Set.of("PENDING", "RUNNING");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** A server with many waiting calls answers at once, as if the time had expired. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final long STEP_SECONDS = 30;
    private static final String JSON = "application/json";

    private final SmoClient client;
    private final JsonTreeReader json = new JsonTreeReader();

    /** @param tokenFile holds the administrator's token; a missing file is ignored */
    public RestCalls(URI server, Optional<Path> tokenFile) {
        this(server, tokenFile, Optional.empty());
    }

    /** @param authorities who vouches for an https server; empty for those of Java */
    public RestCalls(URI server, Optional<Path> tokenFile, Optional<SSLContext> authorities) {
        this(server, tokenFile, new ReadingTransport(authorities));
    }

    private RestCalls(URI server, Optional<Path> tokenFile, HttpTransport transport) {
        TokenSource tokens = tokenFile.map(TokenSource::file).orElseGet(TokenSource::none);
        this.client = SmoClient.create(new ClientSettings(server, tokens, transport, RetryPolicy.NONE));
    }

    public URI server() {
        return client.server();
    }

    /** The client itself, for calls with types and for events. */
    public SmoClient client() {
        return client;
    }

    /** Percent-encodes each segment. */
    public static String path(String... segments) {
        return CallFactory.path(segments);
    }

    /** Returns a text as a segment of a path, or a value of a query. */
    public static String encoded(String text) {
        return CallFactory.encoded(text);
    }

    /** @param path with query, beginning with a slash */
    public JsonNode get(String path) {
        return read(send(SmoRequest.get(path)));
    }

    /**
     * What a server has.
     *
     * @param tag of this state, for {@link RestCalls#put(String, JsonNode, String)}; "" when it has none
     */
    public record TaggedContent(JsonNode content, String tag) {}

    /** The same as {@link #get}, with the tag of what was there. */
    public TaggedContent tagged(String path) {
        SmoResponse response = send(SmoRequest.get(path));
        return new TaggedContent(read(response), response.header("etag").orElse(""));
    }

    /** What a server has answered, whatever it is. */
    public record PlainAnswer(int status, String text) {}

    /** Reads a path as text, also where the answer is no success. */
    public PlainAnswer plain(String path) throws IOException {
        SmoRequest request = SmoRequest.get(path).with("Accept", "*/*");
        StreamedResponse response = told(() -> client.calls().sender().openAny(request));
        try (InputStream body = response.body()) {
            return new PlainAnswer(response.status(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public JsonNode post(String path) {
        return change("POST", path, Optional.empty());
    }

    public JsonNode post(String path, JsonNode body) {
        return post(path, body.toString(), JSON);
    }

    /** {@code patience}: maximum wait for the answer. */
    public JsonNode post(String path, JsonNode body, Duration patience) {
        return read(send(SmoRequest.change("POST", path, Optional.of(RequestBody.json(body.toString())))
                .within(patience)));
    }

    public JsonNode post(String path, String body, String mediaType) {
        return change("POST", path, Optional.of(RequestBody.text(body, mediaType)));
    }

    public JsonNode put(String path, JsonNode body) {
        return change("PUT", path, Optional.of(RequestBody.json(body.toString())));
    }

    /** Changes only what still has the tag: else the call fails with the status 412. */
    public JsonNode put(String path, JsonNode body, String tag) {
        return put(path, body.toString(), JSON, tag);
    }

    /** The same with a body of another type. */
    public JsonNode put(String path, String body, String mediaType, String tag) {
        return read(send(SmoRequest.change("PUT", path, Optional.of(RequestBody.text(body, mediaType)))
                .with("If-Match", tag.isEmpty() ? "*" : tag)
                .within(UPLOAD_TIMEOUT)));
    }

    /** Sends a file unchanged. */
    public JsonNode upload(String path, Path file, String mediaType) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        SmoRequest request = SmoRequest.change("POST", path, Optional.of(RequestBody.file(file, mediaType)))
                .within(UPLOAD_TIMEOUT);
        try {
            return read(client.calls().sender().send(request));
        } catch (SmoProblemException refused) {
            throw CallFailed.problem(refused);
        } catch (SmoUnreachableException lost) {
            Throwable cause = Optional.ofNullable(lost.getCause()).orElse(lost);
            throw cause instanceof ConnectException || cause instanceof HttpTimeoutException
                    ? CallFailed.unreached(server(), cause)
                    : CallFailed.cutOff(server(), file, cause);
        }
    }

    /** Writes any body to a file of its owner, also that of a problem; {@code patience}: maximum wait for the answer's begin. */
    public void download(String method, String path, Path target, Duration patience) throws IOException {
        SmoRequest request = SmoRequest.change(method, path, Optional.empty())
                .with("Accept", "*/*")
                .within(patience);
        StreamedResponse response = told(() -> client.calls().sender().openAny(request));
        try (InputStream body = response.body()) {
            OwnerOnly.createIfMissing(target);
            try (OutputStream file =
                    Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                body.transferTo(file);
            }
        }
        SmoResponse written = new SmoResponse(response.status(), response.headers(), "");
        if (written.isProblem()) {
            throw CallFailed.problem(new SmoProblemException(
                    request.toString(),
                    SmoProblem.from(new SmoResponse(response.status(), response.headers(), Files.readString(target)))));
        }
    }

    public JsonNode patch(String path, JsonNode body) {
        return change("PATCH", path, Optional.of(RequestBody.json(body.toString())));
    }

    /** The body as it comes, to be closed; only the wait for its begin is limited. */
    public InputStream stream(String path) {
        return open(SmoRequest.get(path).with("Accept", "*/*"));
    }

    /** The same for what a server makes anew. */
    public InputStream streamOfPost(String path) {
        return open(SmoRequest.change("POST", path, Optional.empty()).with("Accept", "*/*"));
    }

    public JsonNode delete(String path) {
        return change("DELETE", path, Optional.empty());
    }

    /** Waits in steps that a server supports; returns the operation at its end, or its state after that time. */
    public JsonNode settled(JsonNode operation, Duration atMost) {
        JsonNode latest = operation;
        long end = System.nanoTime() + atMost.toNanos();
        Duration pause = FIRST_PAUSE;
        while (OPEN.contains(latest.path("state").asText()) && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return latest;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            long left = Duration.ofNanos(Math.max(0, end - System.nanoTime())).toSeconds();
            latest = get(latest.path("href").asText() + "?wait=" + Math.min(left, STEP_SECONDS));
        }
        return latest;
    }

    private JsonNode change(String method, String path, Optional<RequestBody> body) {
        return read(send(SmoRequest.change(method, path, body)));
    }

    private SmoResponse send(SmoRequest request) {
        return told(() -> client.calls().sender().send(request));
    }

    private InputStream open(SmoRequest request) {
        return told(() -> client.calls().sender().open(request));
    }

    private <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (SmoProblemException refused) {
            throw CallFailed.problem(refused);
        } catch (SmoUnreachableException lost) {
            throw CallFailed.unreached(
                    server(), Optional.ofNullable(lost.getCause()).orElse(lost));
        }
    }

    /** Parses JSON; other content becomes the detail of an object, because the reference's paths answer in plain words. */
    private JsonNode read(SmoResponse response) {
        try {
            return json.read(response.body());
        } catch (IOException plain) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("detail", response.body().strip());
        }
    }
}
