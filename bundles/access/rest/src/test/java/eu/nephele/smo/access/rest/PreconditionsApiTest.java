// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong preconditions, media types and query parameters are reported, each in its own way. */
final class PreconditionsApiTest {

    private static final String GRAPH = "/api/v1/projects/demo/graphs/";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match|x",
                "If-Match|bad",
                "If-None-Match|\"a",
                "If-None-Match|\"a\" \"b\"",
                "If-None-Match|w/\"a\"",
                "If-Match|*, \"a\"",
                "If-None-Match|\"\\\"",
                "If-Match|,"
            })
    void aPreconditionThatIsNoneIsRefused(String header, String value) {
        for (String path : new String[] {"/clusters", "/api/v1/clusters", "/api/v1/webhooks", "/api/v1/projects"}) {
            Api.Answer answer = api.get(path, header, value);

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid");
        }
    }

    @Test
    void aHundredTagsAreComparedAndMoreAreRefused() {
        String many = "\"\",".repeat(99);

        assertThat(api.get("/api/v1/clusters", "If-None-Match", many + "\"a\"").status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/clusters", "If-None-Match", many + many + "\"a\"")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/clusters", "If-None-Match", many).status()).isEqualTo(400);
    }

    @Test
    void aMediaTypeHasAFewParametersAtMost() {
        assertThat(api.get("/api/v1/clusters", "Accept", "application/json" + ";a=b".repeat(20))
                        .status())
                .isNotEqualTo(406);
        assertThat(api.get("/api/v1/clusters", "Accept", "application/json" + ";".repeat(1_900))
                        .status())
                .isEqualTo(406);
    }

    @Test
    void whatHasNotChangedIsNotSentAndWhatHasIsSaid() {
        String tag = api.get("/api/v1/clusters").header("ETag");

        assertThat(api.get("/api/v1/clusters", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(api.get("/api/v1/clusters", "If-None-Match", "\"a\", W/" + tag)
                        .status())
                .isEqualTo(304);
        assertThat(api.get("/api/v1/clusters", "If-None-Match", "\"a\"").status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/clusters", "If-Match", tag).status()).isEqualTo(200);
        Api.Answer other = api.get("/api/v1/clusters", "If-Match", "\"a\"");
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.problem()).isEqualTo("precondition-failed");
    }

    @Test
    void aChangeOfWhatHasChangedIsRefused() {
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
        String tag = api.get(GRAPH + "hello").header("ETag");
        String body = Samples.OTHER_HELLO;

        Api.Answer stale = put(GRAPH + "hello", body, "\"stale\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.problem()).isEqualTo("precondition-failed");
        assertThat(put(GRAPH + "hello", body, "W/" + tag).status()).isEqualTo(412);
        assertThat(put(GRAPH + "hello2", Samples.HELLO.replace("hello", "hello2"), "*")
                        .status())
                .isEqualTo(412);
        assertThat(put(GRAPH + "hello", body, tag).status()).isEqualTo(202);
        assertThat(delete(GRAPH + "hello", "\"stale\"").status()).isEqualTo(412);
        assertThat(delete(GRAPH + "hello", "*").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/projects/demo/graphs/hello/stop",
        "DELETE, /api/v1/webhooks/w",
        "PUT, /api/v1/webhooks/w/paused",
        "DELETE, /api/v1/shadows/s",
        "DELETE, /api/v1/fleet/plans/p",
        "DELETE, /api/v1/plugins/p",
        "DELETE, /graphs/hello"
    })
    void aChangeWithoutATagToCompareFailsItsPreconditionAndSaysWhy(String method, String path) {
        Api.Answer answer = api.call(method, path, BodyPublishers.noBody(), "If-Match", "\"a\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().path("detail").asText()).contains("no other change has one to compare");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "*/*"})
    void aContentTypeThatIsNotReadIs415(String type) {
        Api.Answer answer =
                api.call("POST", "/api/v1/projects/demo/graphs", BodyPublishers.ofString("{}"), "Content-Type", type);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    /** An empty parameter is none (RFC 9110, 5.6.6), so the body is looked at. */
    @Test
    void aContentTypeWithAnEmptyParameterIsRead() {
        Api.Answer answer = api.call(
                "POST",
                "/api/v1/projects/demo/graphs",
                BodyPublishers.ofString("{}"),
                "Content-Type",
                "application/json;");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "a/b/c", "application/json;q=2", "application/json;q=x", "image/png", ",", "a/"})
    void anAcceptThatCannotBeMetIs406WithABody(String accept) {
        Api.Answer answer = api.get("/api/v1/clusters", "Accept", accept);

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.problem()).isEqualTo("not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*;q=0.5",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
            })
    void anAcceptOfAClientInTheFieldIsMet(String accept) {
        assertThat(api.get("/api/v1/clusters", "Accept", accept).status()).isEqualTo(200);
    }

    @Test
    void aQueryParameterIsThereOnce() {
        assertThat(api.get("/api/v1/clusters?limit=1&limit=2").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/clusters?limit=1").status()).isEqualTo(200);
    }

    private Api.Answer put(String path, String body, String tag) {
        return api.call(
                "PUT", path, BodyPublishers.ofString(body), "Content-Type", "application/json", "If-Match", tag);
    }

    private Api.Answer delete(String path, String tag) {
        return api.call("DELETE", path, BodyPublishers.noBody(), "If-Match", tag);
    }
}
