// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proposals of what services should ask for over HTTP. */
class RightsizingApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String RIGHTSIZING = GRAPHS + "/hello/rightsizing";

    private final Api api = new Api();

    @BeforeEach
    void deploy() {
        api.post(GRAPHS + "?wait=5", Samples.HELLO);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatIsConfirmedBecomesAPlanThatIsAppliedAsEachOther() {
        JsonNode proposed = api.get(RIGHTSIZING).json();
        assertThat(proposed.at("/items/0/cpu/proposedClass").asText()).isEqualTo("small");

        Api.Answer planned = api.post(RIGHTSIZING + "/plan", "{\"services\":{\"web\":{\"cpu\":\"small\"}}}");
        assertThat(planned.status()).as(planned.text()).isEqualTo(200);
        assertThat(planned.json().path("kind").asText()).isEqualTo("UPDATE");
        String href = planned.json().path("href").asText();
        assertThat(api.get(href).json()).isEqualTo(planned.json());
        assertThat(api.post(href + "/apply?wait=5").status()).isIn(200, 202);
    }

    @Test
    void whatIsNotProposedIsNotPlanned() {
        assertThat(api.post(RIGHTSIZING + "/plan", "{\"services\":{\"web\":{\"cpu\":\"large\"}}}")
                        .status())
                .isEqualTo(409);
        assertThat(api.get(GRAPHS + "/other/rightsizing").status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}                                        | /services",
                "{\"services\":[]}                         | /services",
                "{\"services\":{\"web\":3}}                | /services/web",
                "{\"services\":{\"a/b\":{\"cpu\":1}}}      | /services/a~1b/cpu",
                "{\"services\":{\"web\":{\"gpu\":\"x\"}}}  | /services/web/gpu",
                "{\"services\":{},\"x\":1}                 | /x"
            })
    void aMistakeIsRefusedWithItsPlace(String body, String pointer) {
        Api.Answer answer = api.post(RIGHTSIZING + "/plan", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .map(error -> error.path("pointer").asText())
                .containsExactly(pointer);
    }
}
