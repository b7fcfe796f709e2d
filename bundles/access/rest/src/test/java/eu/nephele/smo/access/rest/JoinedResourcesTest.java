// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of other bundles get and give values of the api, and are refused for as our own are. */
final class JoinedResourcesTest {

    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final Api api = new Api(MAX_BODY_BYTES, new Joined());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        api.close();
    }

    /** As a bundle brings it. */
    @Path("joined")
    public static final class Joined {

        @POST
        @Path("values")
        public JsonValue value(JsonValue body) {
            return body;
        }

        @POST
        @Path("objects")
        public JsonObject object(JsonObject body) {
            return body.with("seen", JsonNumber.of(1));
        }

        @GET
        @Path("sizes/{size}")
        public JsonValue size(@PathParam("size") int size) {
            if (size < 1) {
                throw SmoException.invalid("It is not valid", List.of(new Violation("/size", "is too small")));
            }
            return JsonNumber.of(size);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"b\":1.50,\"a\":[true,null,\"ü\"]}|{\"b\":1.5,\"a\":[true,null,\"ü\"]}",
                "[1]|[1]",
                "\"text\"|\"text\"",
                "12345678901234567890123|12345678901234567890123",
                "false|false",
                "null|null"
            })
    void aValueIsReadAndWritten(String body, String answer) throws Exception {
        HttpResponse<String> response = post("values", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo(answer);
    }

    @Test
    void aMethodThatTakesAnObjectGetsOne() throws Exception {
        assertThat(post("objects", "{\"a\":2}").body()).isEqualTo("{\"a\":2,\"seen\":1}");
        isInvalid(post("objects", "[1]"), "", "expected an object, found an array");
        isInvalid(post("objects", "true"), "", "expected an object, found true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''||is empty, expected JSON",
                "{\"a\":1,\"a\":2}||Duplicate field 'a'",
                "{\"a\":1} x||line 1, column",
                "{\"a\":||line 1, column",
                "{\"a\":[1e999]}|/a/0|exponent is limited",
            })
    void whatIsNotStrictIsRefusedWithItsPlace(String body, String pointer, String message) throws Exception {
        isInvalid(post("values", body), pointer == null ? "" : pointer, message);
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() throws Exception {
        isInvalid(post("values", "[".repeat(101) + "]".repeat(101)), "", "depth");
        isInvalid(post("values", "9".repeat(101)), "", "the limit is 100");
        HttpResponse<String> large = post("values", "\"" + "x".repeat(MAX_BODY_BYTES) + "\"");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).path("type").asText()).isEqualTo("urn:smo:problem:too-large");
    }

    @Test
    void whatTheResourceRefusesIsAProblem() throws Exception {
        assertThat(send(request("sizes/1").GET().build()).body()).isEqualTo("1");
        HttpResponse<String> response = send(request("sizes/0").GET().build());

        isInvalid(response, "/size", "is too small");
        assertThat(json(response).path("instance").asText()).isEqualTo("/joined/sizes/0");
        assertThat(response.headers().firstValue("X-Correlation-Id"))
                .contains(json(response).path("correlationId").asText());
    }

    @Test
    void anotherMediaTypeIs415() throws Exception {
        HttpResponse<String> response = send(request("values")
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("a: 1"))
                .build());

        assertThat(response.statusCode()).isEqualTo(415);
    }

    private static void isInvalid(HttpResponse<String> response, String pointer, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode error = json(response).path("errors").path(0);
        assertThat(error.path("pointer").asText()).isEqualTo(pointer);
        assertThat(error.path("message").asText()).contains(message);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException noJson) {
            throw new AssertionError(response.body(), noJson);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/joined/%s".formatted(api.port(), path)));
    }
}
