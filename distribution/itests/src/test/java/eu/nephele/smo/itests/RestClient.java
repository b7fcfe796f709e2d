// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A client that knows nothing of the server but its address, and holds its answers to the contract that the server serves. */
final class RestClient {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * An answer of the server.
     *
     * @param status HTTP status
     * @param mediaType without parameters, "" when there is none
     * @param text body
     * @param headers all of them
     */
    record Answer(int status, String mediaType, String text, HttpHeaders headers) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException broken) {
                throw new AssertionError("No JSON: " + text, broken);
            }
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Optional<AnswersByContract> contract;
    private final Optional<String> token;

    /** Each answer that is not as the contract says is an {@link AssertionError}. */
    RestClient(int port) {
        this(port, Optional.empty());
    }

    private RestClient(int port, Optional<String> token) {
        this.base = address(port);
        this.contract = Optional.of(new AnswersByContract(client, base));
        this.token = token;
    }

    private RestClient(URI base) {
        this.base = base;
        this.contract = Optional.empty();
        this.token = Optional.empty();
    }

    /** The same for a caller that is known. */
    static RestClient known(int port, String token) {
        return new RestClient(port, Optional.of(token));
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** For servers that are not ours, and inside of a container, which has no judge. */
    static RestClient unchecked(int port) {
        return new RestClient(address(port));
    }

    /** For those who look at the clock: calls the same server, and takes its answers as they are. */
    RestClient unchecked() {
        return new RestClient(base);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Answer post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    Answer post(String path, String mediaType, String body) throws IOException, InterruptedException {
        return post(path, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, String mediaType, byte[] body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofByteArray(body)));
    }

    Answer postJson(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, body);
    }

    /**
     * @param body JSON, "" for none
     * @param headers names and values in turns
     */
    Answer call(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** @param headers names and values in turns */
    Answer upload(String method, String path, String mediaType, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).header("Content-Type", mediaType).method(method, BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /**
     * Sends what it is told.
     *
     * @param body "" for none
     * @param headers names and values in turns
     */
    Answer send(String method, String path, String body, List<String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(headers.isEmpty() ? request : request.headers(headers.toArray(String[]::new)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    private Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (contract.isPresent()) {
            contract.get().check(request, response);
        }
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(
                response.statusCode(), mediaType.replaceFirst(";.*", "").strip(), response.body(), response.headers());
    }
}
