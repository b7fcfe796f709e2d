// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import eu.nephele.smo.access.client.call.HttpTransport;
import eu.nephele.smo.access.client.call.JdkTransport;
import eu.nephele.smo.access.client.call.SmoRequest;
import eu.nephele.smo.access.client.call.SmoResponse;
import eu.nephele.smo.access.client.call.StreamedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Reads by {@link HttpURLConnection}, whose first request takes 60 ms in place of the 150 to 250 ms of {@code java.net.http}: most commands are
 * one read. Everything else is carried by the latter.
 */
public final class ReadingTransport implements HttpTransport {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int FIRST_ERROR = 400;

    private final Optional<SSLContext> authorities;
    private final HttpTransport changes;

    /** @param authorities who vouches for an https server; empty for those of Java */
    public ReadingTransport(Optional<SSLContext> authorities) {
        this.authorities = authorities;
        this.changes = new JdkTransport(authorities);
    }

    @Override
    public SmoResponse exchange(URI server, SmoRequest request) throws IOException, InterruptedException {
        if (!request.method().equals("GET")) {
            return changes.exchange(server, request);
        }
        HttpURLConnection connection =
                (HttpURLConnection) server.resolve(request.path()).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) request.patience().toMillis());
        request.headers().forEach(connection::setRequestProperty);
        if (connection instanceof HttpsURLConnection secure) {
            authorities.ifPresent(context -> secure.setSSLSocketFactory(context.getSocketFactory()));
        }
        try {
            int status = connection.getResponseCode();
            InputStream content = status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream();
            return new SmoResponse(status, headers(connection), text(content));
        } catch (SocketTimeoutException late) {
            HttpTimeoutException sameAsElsewhere = new HttpTimeoutException(late.getMessage());
            sameAsElsewhere.initCause(late);
            throw sameAsElsewhere;
        }
    }

    @Override
    public CompletionStage<SmoResponse> exchangeLater(URI server, SmoRequest request) {
        return changes.exchangeLater(server, request);
    }

    @Override
    public StreamedResponse open(URI server, SmoRequest request) throws IOException, InterruptedException {
        return changes.open(server, request);
    }

    private static String text(InputStream content) throws IOException {
        if (content == null) {
            return "";
        }
        try (InputStream body = content) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> headers(HttpURLConnection connection) {
        Map<String, String> first = new LinkedHashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null) {
                first.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return first;
    }
}
