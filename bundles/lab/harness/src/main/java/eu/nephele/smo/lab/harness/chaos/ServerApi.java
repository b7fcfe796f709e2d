// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.nephele.smo.lab.harness.chaos.ServerRoute.RouteChoice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

final class ServerApi {

    static final String GRAPHS = "/api/v1/projects/%s/graphs";

    private static final int NOT_FOUND = 404;
    private static final String NOTHING_SERVED = "Nothing is served under this path";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ServerRoute serverRoute;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * A call that can be repeated.
     *
     * @param body "" for none
     * @param key idempotency key; empty for calls that are idempotent by themselves
     * @param token empty for a caller without credentials
     */
    record ApiRequest(String method, String path, String body, Optional<String> key, Optional<RunToken> token) {
        ApiRequest(String method, String path, String body, Optional<String> key) {
            this(method, path, body, key, Optional.empty());
        }

        static ApiRequest get(String path) {
            return new ApiRequest("GET", path, "", Optional.empty());
        }

        ApiRequest with(RunToken credentials) {
            return new ApiRequest(method, path, body, key, Optional.of(credentials));
        }
    }

    record ApiResponse(int status, String text, Optional<String> location) {
        /**
         * Returns whether the HTTP server answers for bundles that are not started yet: neither its own page nor that
         * of the interfaces say anything about a graph or a service.
         */
        boolean isOfUnfinishedServer() {
            return status == NOT_FOUND && (!text.startsWith("{") || text.contains(NOTHING_SERVED));
        }

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** Missing when it is not JSON. */
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }
    }

    ServerApi(URI base) {
        this(ServerRoute.to(base));
    }

    ServerApi(ServerRoute serverRoute) {
        this.serverRoute = serverRoute;
    }

    /** @throws IOException without an answer: the outcome of the call is unknown */
    ApiResponse send(ApiRequest request) throws IOException, InterruptedException {
        RouteChoice routeChoice = serverRoute.way(request);
        ApiResponse answer = send(request, routeChoice);
        Optional<RouteChoice> elsewhere = serverRoute.answered(routeChoice, request, answer);
        if (elsewhere.isEmpty()) {
            return answer;
        }
        ApiResponse second = send(request, elsewhere.get());
        serverRoute.answered(elsewhere.get(), request, second);
        return second;
    }

    private ApiResponse send(ApiRequest request, RouteChoice routeChoice) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(routeChoice.base().resolve(request.path()))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        if (!request.body().isEmpty()) {
            builder.header("Content-Type", "application/json");
        }
        request.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token.value()));
        // the same correlation id for each repetition: by it the request is found in the audit
        request.key().ifPresent(key -> builder.header("Idempotency-Key", key).header("X-Correlation-Id", key));
        HttpResponse<String> response =
                await(http.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofString()), routeChoice.closed());
        return new ApiResponse(
                response.statusCode(), response.body(), response.headers().firstValue("Location"));
    }

    /** The type of a failure says whether the call can have had an effect. */
    private static HttpResponse<String> await(
            CompletableFuture<HttpResponse<String>> response, CompletableFuture<Void> closed)
            throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(response, closed).get();
            return response.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException nobody) {
                throw nobody;
            }
            if (e.getCause() instanceof HttpConnectTimeoutException nobody) {
                throw nobody;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            response.cancel(true);
        }
    }

    ApiResponse get(String path) throws IOException, InterruptedException {
        return send(ApiRequest.get(path));
    }
}
