// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Calls of one server. Every method throws {@link CallFailed} when the answer is not a success. */
public final class SmoClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

    /** Maximum wait of a server plus a margin. */
    private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(330);

    private static final int FIRST_ERROR = 400;
    private static final Set<String> OPEN = Set.of("PENDING", "RUNNING");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** A server with many waiting calls answers at once, as if the time had expired. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final long STEP_SECONDS = 30;

    private final URI server;
    private final Optional<Path> tokenFile;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;

    /** @param tokenFile holds the administrator's token; a missing file is ignored */
    public SmoClient(URI server, Optional<Path> tokenFile) {
        this(server, tokenFile, Optional.empty());
    }

    /** @param authorities who vouches for an https server; empty for those of Java */
    public SmoClient(URI server, Optional<Path> tokenFile, Optional<SSLContext> authorities) {
        this.server = server;
        this.tokenFile = tokenFile;
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        authorities.ifPresent(client::sslContext);
        this.http = client.build();
    }

    public URI server() {
        return server;
    }

    /** Percent-encodes each segment. */
    public static String path(String... segments) {
        return Arrays.stream(segments).map(SmoClient::encoded).collect(Collectors.joining("/", "/", ""));
    }

    /** Returns a text as a segment of a path, or a value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param path with query, beginning with a slash */
    public JsonNode get(String path) {
        return call("GET", path, BodyPublishers.noBody(), Optional.empty());
    }

    /**
     * What a server has.
     *
     * @param tag of this state, for {@link SmoClient#put(String, JsonNode, String)}; "" when it has none
     */
    public record TaggedContent(JsonNode content, String tag) {}

    /** The same as {@link #get}, with the tag of what was there. */
    public TaggedContent tagged(String path) {
        HttpResponse<String> answer = send(
                request("GET", path, BodyPublishers.noBody(), Optional.empty())
                        .timeout(ANSWER_TIMEOUT)
                        .build(),
                BodyHandlers.ofString());
        return new TaggedContent(
                read(answer, "GET " + path), answer.headers().firstValue("ETag").orElse(""));
    }

    public JsonNode post(String path) {
        return call("POST", path, BodyPublishers.noBody(), Optional.empty());
    }

    public JsonNode post(String path, JsonNode body) {
        return post(path, body.toString(), "application/json");
    }

    /** {@code patience}: maximum wait for the answer. */
    public JsonNode post(String path, JsonNode body, Duration patience) {
        return call("POST", path, BodyPublishers.ofString(body.toString()), Optional.of("application/json"), patience);
    }

    public JsonNode post(String path, String body, String mediaType) {
        return call("POST", path, BodyPublishers.ofString(body), Optional.of(mediaType));
    }

    public JsonNode put(String path, JsonNode body) {
        return call("PUT", path, BodyPublishers.ofString(body.toString()), Optional.of("application/json"));
    }

    /** Changes only what still has the tag: else the call fails with the status 412. */
    public JsonNode put(String path, JsonNode body, String tag) {
        HttpRequest request = request(
                        "PUT", path, BodyPublishers.ofString(body.toString()), Optional.of("application/json"))
                .header("If-Match", tag.isEmpty() ? "*" : tag)
                .timeout(ANSWER_TIMEOUT)
                .build();
        return read(send(request, BodyHandlers.ofString()), "PUT " + path);
    }

    /** Sends a file unchanged. */
    public JsonNode upload(String path, Path file, String mediaType) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        HttpRequest request = request("POST", path, BodyPublishers.ofFile(file), Optional.of(mediaType))
                .timeout(UPLOAD_TIMEOUT)
                .build();
        try {
            return read(http.send(request, BodyHandlers.ofString()), "POST " + path);
        } catch (ConnectException | HttpTimeoutException unreached) {
            throw CallFailed.unreached(server, unreached);
        } catch (IOException broken) {
            throw CallFailed.cutOff(server, file, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CallFailed.unreached(server, interrupted);
        }
    }

    /** Writes any body to a file of its owner, also that of a problem; {@code patience}: maximum wait for the answer's begin. */
    public void download(String method, String path, Path target, Duration patience) throws IOException {
        HttpRequest request = request(method, path, BodyPublishers.noBody(), Optional.empty())
                .setHeader("Accept", "*/*")
                .timeout(patience)
                .build();
        HttpResponse<Path> answer = send(request, head -> fileOfOwner(target));
        if (answer.statusCode() >= FIRST_ERROR) {
            throw CallFailed.problem(
                    answer.statusCode(),
                    method + " " + path,
                    read(Files.readString(target)),
                    answer.headers().firstValue("Retry-After"));
        }
    }

    private static BodySubscriber<Path> fileOfOwner(Path target) {
        try {
            OwnerOnly.createIfMissing(target);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return BodySubscribers.ofFile(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    public JsonNode patch(String path, JsonNode body) {
        return call("PATCH", path, BodyPublishers.ofString(body.toString()), Optional.of("application/json"));
    }

    /** The body as it comes, to be closed; only the wait for its begin is limited. */
    public InputStream stream(String path) throws IOException {
        return stream("GET", path);
    }

    /** The same for what a server makes anew. */
    public InputStream streamOfPost(String path) throws IOException {
        return stream("POST", path);
    }

    private InputStream stream(String method, String path) throws IOException {
        HttpRequest request = request(method, path, BodyPublishers.noBody(), Optional.empty())
                .setHeader("Accept", "*/*")
                .timeout(ANSWER_TIMEOUT)
                .build();
        HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() < FIRST_ERROR) {
            return answer.body();
        }
        try (InputStream problem = answer.body()) {
            throw CallFailed.problem(
                    answer.statusCode(),
                    method + " " + path,
                    read(new String(problem.readAllBytes(), StandardCharsets.UTF_8)),
                    answer.headers().firstValue("Retry-After"));
        }
    }

    public JsonNode delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody(), Optional.empty());
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

    private JsonNode call(String method, String path, BodyPublisher body, Optional<String> mediaType) {
        return call(method, path, body, mediaType, ANSWER_TIMEOUT);
    }

    private JsonNode call(
            String method, String path, BodyPublisher body, Optional<String> mediaType, Duration patience) {
        HttpRequest.Builder request = request(method, path, body, mediaType).timeout(patience);
        return read(send(request.build(), BodyHandlers.ofString()), method + " " + path);
    }

    private HttpRequest.Builder request(String method, String path, BodyPublisher body, Optional<String> mediaType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", "application/json")
                .method(method, body);
        mediaType.ifPresent(type -> request.header("Content-Type", type));
        token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private JsonNode read(HttpResponse<String> answer, String call) {
        JsonNode content = read(answer.body());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw CallFailed.problem(
                    answer.statusCode(), call, content, answer.headers().firstValue("Retry-After"));
        }
        return content;
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException unreached) {
            throw CallFailed.unreached(server, unreached);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CallFailed.unreached(server, interrupted);
        }
    }

    /** Parses JSON; other content becomes a text node, because the reference's paths answer in plain words. */
    private JsonNode read(String body) {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.missingNode();
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException plain) {
            return JsonNodeFactory.instance.objectNode().put("detail", body.strip());
        }
    }

    private Optional<String> token() {
        return tokenFile.filter(Files::isReadable).map(SmoClient::read).filter(token -> !token.isEmpty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The token file %s cannot be read".formatted(file), unreadable);
        }
    }
}
