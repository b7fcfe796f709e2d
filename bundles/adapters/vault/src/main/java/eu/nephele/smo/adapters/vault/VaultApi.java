// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The used part of Vault's HTTP interface. Every status is an answer here, because a failure of the transport would repeat what the
 * server says, and a server may repeat what it was sent; of answers only the status and words of the documents are told.
 */
final class VaultApi {

    static final int NOT_FOUND = 404;
    static final int FORBIDDEN = 403;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;
    private static final int DISASTER_STANDBY = 472;
    private static final int PERFORMANCE_STANDBY = 473;
    private static final int TIMEOUT = 504;
    private static final Integer[] ALL = IntStream.range(300, 600).boxed().toArray(Integer[]::new);

    private final HttpSystem http;
    private final String namespace;

    /** @param namespace "" for none */
    VaultApi(HttpSystem http, String namespace) {
        this.http = http;
        this.namespace = namespace;
    }

    /** Result of a login or a renewal: a token, and for how long; zero: without end. */
    record Granted(String token, Duration lease, boolean renewable) {

        @Override
        public String toString() {
            return "Granted[%s, renewable=%s]".formatted(lease, renewable);
        }
    }

    /** @param body empty object where it is no JSON, as of a proxy */
    record VaultAnswer(int status, JsonNode body) {

        boolean isGood() {
            return status < 300;
        }
    }

    VaultAnswer read(String path, String token, String what) {
        return send(HttpCall.of("GET", path, what).header("X-Vault-Token", token));
    }

    Granted login(String path, ObjectNode credentials, String what) {
        return granted(
                send(HttpCall.of("POST", "/v1/auth/%s/login".formatted(path), what)
                        .json(credentials.toString())),
                what);
    }

    Granted renew(String token, String what) {
        return granted(
                send(HttpCall.of("POST", "/v1/auth/token/renew-self", what)
                        .json("{}")
                        .header("X-Vault-Token", token)),
                what);
    }

    /** How long a token of somebody else counts. */
    Granted lookup(String token, String what) {
        VaultAnswer answer = read("/v1/auth/token/lookup-self", token, what);
        if (!answer.isGood()) {
            throw failure(answer, what);
        }
        JsonNode data = answer.body().path("data");
        return new Granted(
                token,
                Duration.ofSeconds(data.path("ttl").asLong()),
                data.path("renewable").asBoolean());
    }

    private Granted granted(VaultAnswer answer, String what) {
        if (!answer.isGood()) {
            throw failure(answer, what);
        }
        JsonNode auth = answer.body().path("auth");
        String token = auth.path("client_token").asText();
        if (token.isEmpty()) {
            throw new AdapterException(
                    Kind.REFUSED,
                    VaultSettings.SYSTEM,
                    what + ": the answer has no token; is this address that of a Vault?");
        }
        return new Granted(
                token,
                Duration.ofSeconds(auth.path("lease_duration").asLong()),
                auth.path("renewable").asBoolean());
    }

    private VaultAnswer send(HttpCall call) {
        HttpCall known = call.header("X-Vault-Request", "true").anyText().expecting(ALL);
        HttpAnswer answer = http.send(namespace.isEmpty() ? known : known.header("X-Vault-Namespace", namespace));
        return new VaultAnswer(answer.status(), json(answer.body()));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read != null && read.isObject() ? read : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException page) {
            // said by the status already: what is no JSON is not from Vault; the text itself may repeat secrets
            return JsonNodeFactory.instance.objectNode();
        }
    }

    static AdapterException failure(VaultAnswer answer, String what) {
        int status = answer.status();
        return new AdapterException(
                kind(status),
                VaultSettings.SYSTEM,
                "%s: HTTP %d%s".formatted(what, status, why(status, answer.body())),
                Optional.empty());
    }

    private static Kind kind(int status) {
        return switch (status) {
            case NOT_FOUND -> Kind.NOT_FOUND;
            case TIMEOUT -> Kind.TIMED_OUT;
            case PRECONDITION_FAILED, TOO_MANY, DISASTER_STANDBY, PERFORMANCE_STANDBY -> Kind.UNAVAILABLE;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    private static String why(int status, JsonNode body) {
        if (says(body, "Vault is sealed")) {
            return ": Vault is sealed; unseal it";
        }
        return switch (status) {
            case BAD_REQUEST ->
                ": Vault does not accept the request; are role, secret id and the version of the mount right?";
            case UNAUTHORIZED, FORBIDDEN ->
                ": permission denied; the token has ended, or its policy does not let it read this path";
            case NOT_FOUND -> ": nothing is mounted at this path";
            case PRECONDITION_FAILED -> ": this node has not caught up with the leader yet";
            case TOO_MANY -> ": too many requests, or this node stands by; is url the address of the active node?";
            case DISASTER_STANDBY, PERFORMANCE_STANDBY ->
                ": this node stands by; is url the address of the active node?";
            default ->
                status >= 500
                        ? ": Vault has no leader, is sealed, or fails"
                        : status < 400 ? ": redirected; set url to the address that answers" : "";
        };
    }

    private static boolean says(JsonNode body, String phrase) {
        for (JsonNode error : body.path("errors")) {
            if (error.asText().contains(phrase)) {
                return true;
            }
        }
        return false;
    }
}
