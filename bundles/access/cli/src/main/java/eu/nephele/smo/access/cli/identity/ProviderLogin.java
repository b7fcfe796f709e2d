// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.identity.LoopbackBrowser.Arrival;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A login by an identity provider. The server speaks with the provider, so that this program need not know its address, and no secret
 * of the server.
 */
final class ProviderLogin {

    private static final int SECRET_BYTES = 32;
    private static final int SLOWER_SECONDS = 5;
    private static final Duration BROWSER_PATIENCE = Duration.ofMinutes(5);

    /** Of a server that cannot ask the provider at the moment. */
    private static final Set<Integer> FOR_NOW = Set.of(CallFailed.UNREACHED, 429, 503, 504);

    private final RestCalls server;
    private final String provider;
    private final Optional<Integer> hours;
    private final Consumer<String> tell;
    private final SecureRandom random = new SecureRandom();

    /** @param tell shows a line to whoever logs in */
    ProviderLogin(RestCalls server, String provider, Optional<Integer> hours, Consumer<String> tell) {
        this.server = server;
        this.provider = provider;
        this.hours = hours;
        this.tell = tell;
    }

    /** @return the session with its token */
    JsonNode byDevice() throws IOException {
        JsonNode begun = server.post(
                path("authorizations"), JsonNodeFactory.instance.objectNode().put("flow", "device"));
        tell.accept("Open %s and enter the code %s"
                .formatted(
                        begun.path("address").asText(), begun.path("userCode").asText()));
        if (begun.has("wholeAddress")) {
            tell.accept("or open " + begun.path("wholeAddress").asText());
        }
        ObjectNode question = JsonNodeFactory.instance
                .objectNode()
                .put("deviceCode", begun.path("deviceCode").asText());
        hours.ifPresent(number -> question.put("hours", number));
        int seconds = begun.path("seconds").asInt();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int interval = Math.max(1, begun.path("intervalSeconds").asInt(SLOWER_SECONDS));
        while (System.nanoTime() < end) {
            pause(interval);
            Optional<JsonNode> answer = asked(question);
            if (answer.filter(session -> session.has("token")).isPresent()) {
                return answer.get();
            }
            boolean slower =
                    answer.map(pending -> pending.path("slower").asBoolean()).orElse(true);
            interval += slower ? SLOWER_SECONDS : 0;
        }
        throw new IOException("The login was not confirmed within %d seconds; begin again".formatted(seconds));
    }

    /** Empty: it could not be asked now. */
    private Optional<JsonNode> asked(ObjectNode question) {
        try {
            return Optional.of(server.post(path("sessions"), question));
        } catch (CallFailed failed) {
            if (FOR_NOW.contains(failed.status())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static void pause(int seconds) throws IOException {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The login was interrupted", interrupted);
        }
    }

    /** @return the session with its token */
    JsonNode byBrowser() throws IOException {
        String verifier = secret();
        String state = secret();
        try (LoopbackBrowser browser = LoopbackBrowser.listen()) {
            ObjectNode request = JsonNodeFactory.instance
                    .objectNode()
                    .put("flow", "browser")
                    .put("redirectUri", browser.address())
                    .put("codeChallenge", challenge(verifier))
                    .put("state", state);
            String address =
                    server.post(path("authorizations"), request).path("address").asText();
            tell.accept("Log in with a browser of this machine at " + address);
            LoopbackBrowser.show(address, System.getenv());
            Arrival arrival = browser.await(state, BROWSER_PATIENCE);
            if (!arrival.error().isEmpty()) {
                throw new IOException("The login was refused at %s: %s".formatted(provider, arrival.error()));
            }
            ObjectNode exchange = JsonNodeFactory.instance
                    .objectNode()
                    .put("code", arrival.code())
                    .put("codeVerifier", verifier)
                    .put("redirectUri", browser.address());
            hours.ifPresent(number -> exchange.put("hours", number));
            return server.post(path("sessions"), exchange);
        }
    }

    private String path(String last) {
        return RestCalls.path("api", "v1", "session-providers", provider, last);
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return encoded(bytes);
    }

    private static String challenge(String verifier) {
        try {
            return encoded(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
