// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends requests to registries: with the login or a token, and by redirects. A token is fetched when the registry asks for one, kept
 * for its repository and login, and renewed when the registry rejects it.
 */
final class RegistryConnection {

    private static final int MAX_REQUESTS = 20;
    private static final int MAX_TOKENS = 1000;
    private static final int MAX_TOKEN_BYTES = 1024 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> OVERLOADED = Set.of(408, 429);

    private final HttpClient http;
    private final RegistryProxySelector routes;
    private final InterruptibleReads streams;
    private final Map<TokenKey, RegistryAuthorization> tokens = new ConcurrentHashMap<>();

    RegistryConnection(HttpClient http, RegistryProxySelector routes, InterruptibleReads streams) {
        this.http = http;
        this.routes = routes;
        this.streams = streams;
    }

    /** A token belongs to the login that it was given to: a login that is changed in place does not use it. */
    private record TokenKey(String registry, String repository, Optional<RegistryAuthorization> login) {}

    record Question(String method, URI uri, String accept, ArtifactReference of, String what) {}

    /** Returns the answer, whatever its status; the caller closes its body. */
    HttpResponse<InputStream> send(Question question, Optional<RegistryAuthorization> login) throws IOException {
        TokenKey key = new TokenKey(question.of().registry(), question.of().repository(), login);
        Optional<RegistryAuthorization> held = Optional.ofNullable(tokens.get(key));
        HttpResponse<InputStream> answer = follow(question, held.or(() -> login));
        if (answer.statusCode() != UNAUTHORIZED || !isSameOrigin(answer.uri(), question.uri())) {
            return answer;
        }
        Optional<BearerChallenge> challenge = BearerChallenge.parse(answer.headers());
        if (challenge.isEmpty()) {
            return answer;
        }
        answer.body().close();
        held.ifPresent(rejected -> tokens.remove(key, rejected));
        RegistryAuthorization token = fetchToken(question, challenge.get(), login);
        if (tokens.size() >= MAX_TOKENS) {
            tokens.clear();
        }
        tokens.put(key, token);
        return follow(question, Optional.of(token));
    }

    private RegistryAuthorization fetchToken(
            Question question, BearerChallenge challenge, Optional<RegistryAuthorization> login) throws IOException {
        URI address;
        try {
            address = challenge.tokenAddress(question.of().repository());
        } catch (IllegalArgumentException noAddress) {
            throw RegistryFailures.refused("Registry %s names a token server whose address is wrong: %s"
                    .formatted(question.of().registry(), RegistryMessages.bounded(challenge.realm())));
        }
        Question request = new Question("GET", address, "application/json", question.of(), question.what());
        HttpResponse<InputStream> answer = follow(request, login);
        try (InputStream body = streams.reading(answer.body())) {
            int status = answer.statusCode();
            if (status == 200) {
                String content = new String(body.readNBytes(MAX_TOKEN_BYTES), StandardCharsets.UTF_8);
                return token(content)
                        .map(RegistryAuthorization::bearer)
                        .orElseThrow(() -> new AdapterException(
                                Kind.UNAVAILABLE,
                                RegistryFailures.SYSTEM,
                                "%s failed: the token server of registry %s answered without a token"
                                        .formatted(
                                                question.what(), question.of().registry())));
            }
            boolean retry = status >= 500 || OVERLOADED.contains(status);
            throw RegistryFailures.status(
                    retry ? status : UNAUTHORIZED, headers(answer), "", question.what(), question.of());
        }
    }

    private static Optional<String> token(String content) {
        return RegistryJson.object(content)
                .map(fields -> Objects.toString(fields.get("token"), Objects.toString(fields.get("access_token"), "")))
                .filter(RegistryAuthorization::isToken);
    }

    /** Only the origin that was asked first gets the authorization. */
    private HttpResponse<InputStream> follow(Question question, Optional<RegistryAuthorization> authorization)
            throws IOException {
        URI uri = question.uri();
        for (int sent = 0; sent < MAX_REQUESTS; sent++) {
            routes.check(uri);
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .method(question.method(), HttpRequest.BodyPublishers.noBody())
                    .header("Accept", question.accept());
            if (isSameOrigin(uri, question.uri())) {
                authorization.ifPresent(value -> request.header("Authorization", value.header()));
            }
            HttpResponse<InputStream> answer = exchange(request.build());
            Optional<String> location = answer.headers().firstValue("location");
            if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            answer.body().close();
            uri = resolve(uri, location.get(), question.of());
        }
        throw RegistryFailures.refused("Registry %s redirects without end: after %d requests it redirects to %s"
                .formatted(question.of().registry(), MAX_REQUESTS, uri.getAuthority()));
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("given up").initCause(givenUp);
        }
    }

    private static URI resolve(URI from, String location, ArtifactReference of) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException noAddress) {
            throw RegistryFailures.refused("Registry %s redirects to a wrong address: %s"
                    .formatted(of.registry(), RegistryMessages.bounded(location)));
        }
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
    }

    /** First value of each header, by its name in lower case. */
    static Map<String, String> headers(HttpResponse<?> answer) {
        HttpHeaders headers = answer.headers();
        Map<String, String> first = new ConcurrentHashMap<>();
        headers.map().forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return first;
    }
}
