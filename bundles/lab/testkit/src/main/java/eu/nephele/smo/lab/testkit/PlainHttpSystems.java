// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server's service for adapters with HTTP, as far as tests need it: the same classification of failures, one
 * time-out over the whole answer, the limit of size. Proxy, certificates and credentials of the settings are ignored.
 */
public final class PlainHttpSystems implements HttpSystems {

    @Override
    public HttpSystem open(HttpSettings settings) {
        URI base = URI.create(settings.url());
        if (base.getHost() == null) {
            throw new IllegalArgumentException(
                    "The setting url of %s: expected http://HOST:PORT".formatted(settings.system()));
        }
        return new Plain(settings);
    }

    private static final class Plain implements HttpSystem {

        private final HttpSettings settings;
        private final HttpClient client;

        Plain(HttpSettings settings) {
            this.settings = settings;
            this.client = HttpClient.newBuilder()
                    .connectTimeout(settings.connectTimeout())
                    .build();
        }

        @Override
        public HttpAnswer send(HttpCall call) {
            HttpResponse<String> response = answer(call);
            int status = response.statusCode();
            Map<String, String> headers = new TreeMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            boolean fine = status >= 200 && status < 300;
            if (!fine && !call.expecting().contains(status)) {
                throw failure(kind(status), call, "answered " + status);
            }
            if (response.body().length() > settings.maxAnswerBytes()) {
                throw failure(Kind.REFUSED, call, "sent too long an answer");
            }
            if (fine && call.json() && !headers.getOrDefault("content-type", "").contains("json")) {
                throw failure(Kind.REFUSED, call, "sent something else than JSON");
            }
            return new HttpAnswer(status, headers, response.body());
        }

        private HttpResponse<String> answer(HttpCall call) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + call.path()))
                    .method(
                            call.method(),
                            call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
            call.headers().forEach(request::header);
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), BodyHandlers.ofString());
            try {
                return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                answer.cancel(true);
                throw failure(Kind.TIMED_OUT, call, "gave no complete answer in " + settings.timeout());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw failure(Kind.TIMED_OUT, call, "was not waited for: interrupted");
            } catch (ExecutionException | CancellationException broken) {
                throw broken.getCause() instanceof IOException
                        ? failure(Kind.UNAVAILABLE, call, "cannot be reached: " + broken.getCause())
                        : failure(Kind.UNAVAILABLE, call, "failed: " + broken);
            }
        }

        private AdapterException failure(Kind kind, HttpCall call, String what) {
            return new AdapterException(
                    kind, settings.system(), "%s: %s %s".formatted(call.what(), settings.url(), what));
        }

        private static Kind kind(int status) {
            return switch (status) {
                case 404, 410 -> Kind.NOT_FOUND;
                case 408, 504 -> Kind.TIMED_OUT;
                case 409, 412 -> Kind.CONFLICT;
                case 429 -> Kind.UNAVAILABLE;
                default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
            };
        }

        /** Its threads end by themselves when it is no longer used. */
        @Override
        public void close() {}
    }
}
