// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.simulator.Notification;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends notifications about alerts to a webhook, as Alertmanager does. Blocks, and runs on a thread of its own. */
final class AlertPoster implements Consumer<Notification> {

    private static final Logger LOG = LoggerFactory.getLogger(AlertPoster.class);
    private static final String SYSTEM = "alert receiver";
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 30_000;
    private static final int SUCCESS_CLASS = 2;
    private static final int REFUSAL_CLASS = 4;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final URI url;
    private final Supplier<Optional<String>> token;

    /** @param token of the header {@code Authorization}; read for each request, empty for none */
    AlertPoster(URI url, Supplier<Optional<String>> token) {
        this.url = url;
        this.token = token;
    }

    /** @throws AdapterException when a retry makes sense; a rejection by the receiver is only logged */
    @Override
    public void accept(Notification notification) {
        byte[] body = notification.toJson().toJson().getBytes(StandardCharsets.UTF_8);
        int status = post(body);
        if (status / 100 == SUCCESS_CLASS) {
            return;
        }
        if (status / 100 == REFUSAL_CLASS && status != TOO_MANY_REQUESTS && status != REQUEST_TIMEOUT) {
            LOG.warn("notification rejected url={} group={} status={}", url, notification.groupKey(), status);
            return;
        }
        throw new AdapterException(Kind.UNAVAILABLE, SYSTEM, "POST %s: status %d".formatted(url, status));
    }

    private int post(byte[] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            try {
                connection.setRequestMethod("POST");
                connection.setInstanceFollowRedirects(false);
                connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
                connection.setReadTimeout(READ_TIMEOUT_MILLIS);
                connection.setRequestProperty("Content-Type", "application/json");
                token.get().ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (SocketTimeoutException e) {
            throw new AdapterException(Kind.TIMED_OUT, SYSTEM, "POST %s: no answer in time".formatted(url), e);
        } catch (IOException e) {
            throw new AdapterException(Kind.UNAVAILABLE, SYSTEM, "POST %s: %s".formatted(url, e.getMessage()), e);
        }
    }
}
