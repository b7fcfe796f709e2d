// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The root answers with links to the parts of the REST API. */
final class EntryApiTest {

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/json, text/html;q=0.5"})
    void aProgramGetsPlacesByName(String accept) {
        Api.Answer answer = api.get("/", "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("links").path("docs").asText()).isEqualTo("/docs/");
        assertThat(answer.json().path("links").path("health").asText()).isEqualTo("/health");
    }

    @Test
    void aBrowserGetsAPage() {
        Api.Answer answer = api.get("/", "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(answer.text()).contains("href=\"/docs/\"", "href=\"/system/console/smo\"");
    }

    @Test
    void whatIsServedHereAndLinkedIsThere() {
        for (String link : new String[] {"docs", "openapi", "api"}) {
            String path = api.get("/").json().path("links").path(link).asText();
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
    }
}
