// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends requests with the token of the moment, and again where the policy says so. */
public final class CallSender {

    private static final int NO_CONTENT = 204;
    private static final int FIRST_ERROR = 400;

    private final URI server;
    private final TokenSource tokens;
    private final HttpTransport transport;
    private final RetryPolicy retries;

    public CallSender(URI server, TokenSource tokens, HttpTransport transport, RetryPolicy retries) {
        this.server = server;
        this.tokens = tokens;
        this.transport = transport;
        this.retries = retries;
    }

    public URI server() {
        return server;
    }

    /**
     * Returns the answer, which is a success.
     *
     * @throws SmoProblemException when it is none
     * @throws SmoUnreachableException without an answer
     */
    public SmoResponse send(SmoRequest request) {
        boolean again = false;
        for (int attempt = 1; ; attempt++) {
            Optional<Duration> pause;
            try {
                SmoResponse response = transport.exchange(server, authorized(request));
                pause = pauseAfter(attempt, response);
                if (pause.isEmpty()) {
                    return checked(request, again, response);
                }
            } catch (IOException lost) {
                again |= mayHaveArrived(lost);
                pause = request.repeatable() ? retries.pauseAfter(attempt, Optional.empty()) : Optional.empty();
                if (pause.isEmpty()) {
                    throw new SmoUnreachableException(server, request.toString(), lost);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SmoUnreachableException(server, request.toString(), interrupted);
            }
            sleep(request, pause.get());
        }
    }

    /** The same without a thread that waits; it fails with the same exceptions. */
    public CompletionStage<SmoResponse> sendLater(SmoRequest request) {
        return sendLater(request, 1, false);
    }

    /** The body as it comes, to be closed; no retry. */
    public InputStream open(SmoRequest request) {
        StreamedResponse response = openAny(request);
        if (response.status() < FIRST_ERROR) {
            return response.body();
        }
        try (InputStream problem = response.body()) {
            String text = new String(problem.readAllBytes(), StandardCharsets.UTF_8);
            throw new SmoProblemException(
                    request.toString(), SmoProblem.from(new SmoResponse(response.status(), response.headers(), text)));
        } catch (IOException lost) {
            throw new SmoUnreachableException(server, request.toString(), lost);
        }
    }

    /** The same, whatever its status is. */
    public StreamedResponse openAny(SmoRequest request) {
        try {
            return transport.open(server, authorized(request));
        } catch (IOException lost) {
            throw new SmoUnreachableException(server, request.toString(), lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SmoUnreachableException(server, request.toString(), interrupted);
        }
    }

    /** @param again whether the answer of an earlier attempt was lost */
    private CompletionStage<SmoResponse> sendLater(SmoRequest request, int attempt, boolean again) {
        return transport
                .exchangeLater(server, authorized(request))
                .handle((response, failure) -> failure == null
                        ? answered(request, attempt, again, response)
                        : failed(request, attempt, again, failure))
                .thenCompose(Function.identity());
    }

    private CompletionStage<SmoResponse> answered(
            SmoRequest request, int attempt, boolean again, SmoResponse response) {
        return pauseAfter(attempt, response)
                .map(pause -> later(request, attempt, again, pause))
                .orElseGet(() -> CompletableFuture.completedFuture(checked(request, again, response)));
    }

    private CompletionStage<SmoResponse> failed(SmoRequest request, int attempt, boolean again, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        boolean lost = cause instanceof IOException;
        return Optional.of(attempt)
                .filter(count -> lost && request.repeatable())
                .flatMap(count -> retries.pauseAfter(count, Optional.empty()))
                .map(pause -> later(request, attempt, again || mayHaveArrived(cause), pause))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        lost ? new SmoUnreachableException(server, request.toString(), cause) : cause));
    }

    private CompletionStage<SmoResponse> later(SmoRequest request, int attempt, boolean again, Duration pause) {
        return CompletableFuture.supplyAsync(
                        () -> sendLater(request, attempt + 1, again),
                        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(Function.identity());
    }

    private Optional<Duration> pauseAfter(int attempt, SmoResponse response) {
        return RetryPolicy.isWorthARetry(response.status())
                ? retries.pauseAfter(attempt, SmoProblem.from(response).retryAfter())
                : Optional.empty();
    }

    /** Not where there was no connection. */
    private static boolean mayHaveArrived(Throwable lost) {
        return !(lost instanceof ConnectException || lost instanceof HttpConnectTimeoutException);
    }

    private static SmoResponse checked(SmoRequest request, boolean again, SmoResponse response) {
        if (again && request.isDoneBefore(response)) {
            return new SmoResponse(NO_CONTENT, response.headers(), "");
        }
        if (response.isProblem()) {
            throw new SmoProblemException(request.toString(), SmoProblem.from(response));
        }
        return response;
    }

    private SmoRequest authorized(SmoRequest request) {
        return tokens.token()
                .map(token -> request.with("Authorization", "Bearer " + token))
                .orElse(request);
    }

    private void sleep(SmoRequest request, Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SmoUnreachableException(server, request.toString(), interrupted);
        }
    }
}
