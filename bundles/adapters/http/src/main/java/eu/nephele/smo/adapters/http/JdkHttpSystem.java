// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.CallTracer.TracedCall;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One outside system, called with the client of the Java runtime. */
final class JdkHttpSystem implements HttpSystem {

    /** Read length of an error body: the part for its message, and a reserve for characters that are removed. */
    private static final int MAX_FAILURE_BYTES = 16 * 1024;

    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final CheckedSettings settings;
    private final SecretReferences secrets;
    private final Supplier<CallTracer> tracer;
    private final Consumer<JdkHttpSystem> onClose;
    private final HttpClientThreads threads;
    private final HttpFailures failures;
    private final JsonSyntaxCheck json;
    private final AtomicLong calls = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();

    /** Empty after closing: the client of this Java runtime ends its thread and connections when it is unreferenced. */
    private volatile Optional<HttpClient> client;

    JdkHttpSystem(
            CheckedSettings settings,
            SecretReferences secrets,
            Supplier<CallTracer> tracer,
            Consumer<JdkHttpSystem> onClose) {
        this.settings = settings;
        this.tracer = tracer;
        this.secrets = secrets;
        this.onClose = onClose;
        threads = new HttpClientThreads(settings.system());
        failures = new HttpFailures(settings.system(), settings.base(), settings.timeout(), Clock.systemUTC());
        json = new JsonSyntaxCheck(settings.maxAnswerBytes());
        client = Optional.of(HttpClientThreads.outsideOfPlugins(() -> client(settings, threads)));
    }

    private static HttpClient client(CheckedSettings settings, HttpClientThreads threads) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .proxy(settings.proxy().map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY))
                .executor(threads.executor());
        settings.trust().ifPresent(client::sslContext);
        return client.build();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        try (TracedCall traced = tracer.get().begin("HTTP " + call.method())) {
            traced.with(
                            "server.address",
                            String.valueOf(URI.create(settings.base()).getHost()))
                    .with("url.path", call.path().split("\\?", 2)[0]);
            try {
                HttpAnswer answer = answer(call);
                traced.with("http.response.status_code", Integer.toString(answer.status()));
                return answer;
            } catch (AdapterException failed) {
                traced.failed(failed.kind() + ": " + failed.getMessage());
                throw failed;
            }
        }
    }

    private HttpAnswer answer(HttpCall call) {
        HttpClient open = client.orElseThrow(() -> failures.closed(call));
        Authorization authorization = authorization(call);
        HttpResponse<byte[]> response = exchange(open, call, request(call, authorization));
        HttpAnswer answer = new HttpAnswer(
                response.statusCode(), firsts(response.headers()), new String(response.body(), StandardCharsets.UTF_8));
        if (!isAnswer(call, answer.status())) {
            throw failures.status(call, answer, authorization);
        }
        if (call.json() && isSuccess(answer.status())) {
            json.fault(answer.header("content-type").orElse(""), response.body())
                    .ifPresent(fault -> {
                        throw failures.answer(call, fault, answer.body(), authorization);
                    });
        }
        return answer;
    }

    private Authorization authorization(HttpCall call) {
        try {
            return Authorization.create(settings.credentials(), secrets, settings.system());
        } catch (AdapterException unresolved) {
            throw failures.secret(call, unresolved);
        }
    }

    private HttpRequest request(HttpCall call, Authorization authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.base() + call.path()))
                .timeout(settings.timeout())
                .method(call.method(), call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        TraceHeader.value().ifPresent(context -> request.setHeader(TraceHeader.NAME, context));
        call.headers().forEach(request::setHeader);
        if (!authorization.header().isEmpty()) {
            request.setHeader("Authorization", authorization.header());
        }
        return request.build();
    }

    private HttpResponse<byte[]> exchange(HttpClient open, HttpCall call, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response = begun(open, call, request);
        long number = calls.incrementAndGet();
        waiting.put(number, response);
        try {
            if (client.isEmpty()) {
                throw failures.closed(call);
            }
            return response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw failures.timedOut(call, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(call, interrupted);
        } catch (CancellationException ended) {
            throw failures.closed(call);
        } catch (ExecutionException failed) {
            throw failure(call, Optional.ofNullable(failed.getCause()).orElse(failed));
        } finally {
            // no transfer continues without its caller; after an answer this does nothing
            response.cancel(true);
            waiting.remove(number);
        }
    }

    /** Threads that are ending accept no more work. */
    private CompletableFuture<HttpResponse<byte[]>> begun(HttpClient open, HttpCall call, HttpRequest request) {
        try {
            return open.sendAsync(request, info -> body(call, info));
        } catch (RejectedExecutionException ended) {
            throw failures.closed(call);
        }
    }

    private BoundedBody body(HttpCall call, ResponseInfo info) {
        return isAnswer(call, info.statusCode())
                ? new BoundedBody(settings.maxAnswerBytes(), true)
                : new BoundedBody(Math.min(MAX_FAILURE_BYTES, settings.maxAnswerBytes()), false);
    }

    private AdapterException failure(HttpCall call, Throwable cause) {
        if (client.isEmpty()) {
            return failures.closed(call);
        }
        if (tooLarge(cause)) {
            return failures.tooLarge(call, settings.maxAnswerBytes());
        }
        boolean late = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
        return late ? failures.timedOut(call, cause) : failures.unreachable(call, cause);
    }

    private static boolean tooLarge(Throwable cause) {
        return cause instanceof BoundedBody.BodyTooLarge || cause.getCause() instanceof BoundedBody.BodyTooLarge;
    }

    private static boolean isAnswer(HttpCall call, int status) {
        return isSuccess(status) || call.expecting().contains(status);
    }

    private static boolean isSuccess(int status) {
        return status >= OK && status < REDIRECT;
    }

    private static Map<String, String> firsts(HttpHeaders headers) {
        Map<String, String> firsts = new HashMap<>();
        headers.map().forEach((name, values) -> firsts.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return firsts;
    }

    @Override
    public void close() {
        client = Optional.empty();
        waiting.values().forEach(response -> response.cancel(true));
        threads.close();
        onClose.accept(this);
    }
}
