// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas of projects over HTTP. */
class QuotasApiTest {

    private static final String QUOTAS = "/api/v1/quotas";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aQuotaIsSetShownListedAndRemoved() {
        JsonNode before = api.get(QUOTAS + "/demo").json();
        assertThat(before.path("source").asText()).isEqualTo("default");
        assertThat(before.at("/members/graphs").toString()).isEqualTo("{\"used\":1}");

        Api.Answer set = api.put(QUOTAS + "/demo", "{\"limits\":{\"graphs\":3,\"nvidia.com/gpu\":2}}");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().path("source").asText()).isEqualTo("project");
        assertThat(set.json().at("/members/graphs").toString()).isEqualTo("{\"used\":1,\"limit\":3}");
        assertThat(api.get(QUOTAS).json().at("/items/0")).isEqualTo(set.json());

        Api.Answer removed = api.delete(QUOTAS + "/demo");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json()).isEqualTo(before);
        assertThat(api.delete(QUOTAS + "/demo").status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}                                | /limits",
                "{\"limits\":[]}                   | /limits",
                "{\"limits\":{\"cpu\":\"8\"}}      | /limits/cpu",
                "{\"limits\":{\"a/b\":1.5}}        | /limits/a~1b",
                "{\"limits\":{},\"more\":1}        | /more",
                "{\"limits\":{\"cpu\":1e30}}       | /limits/cpu",
            })
    void aBodyThatMeansNothingIsAMistakeWithItsPlace(String body, String pointer) {
        Api.Answer refused = api.put(QUOTAS + "/demo", body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }
}
