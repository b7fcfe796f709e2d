// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The contract is open for clients; the server of this version is held to what is in it. */
final class ClosedSchemasTest {

    private static final Contract CONTRACT = Contract.of("""
            openapi: 3.1.0
            paths:
              /zone:
                get:
                  responses:
                    '200':
                      content:
                        application/json:
                          schema:
                            $ref: '#/components/schemas/Zone'
              /zones:
                get:
                  responses:
                    '200':
                      content:
                        application/json:
                          schema:
                            type: array
                            items:
                              $ref: '#/components/schemas/Plain'
            components:
              schemas:
                Plain:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string}
                    state: {type: string, x-extensible-enum: [OPEN, SHUT]}
                    labels: {type: object, additionalProperties: true}
                Zone:
                  allOf:
                    - $ref: '#/components/schemas/Plain'
                  properties:
                    inner:
                      type: object
                      properties:
                        size: {type: integer}
            """);

    private static void check(String path, String body) {
        CONTRACT.check("GET", path, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsInTheContractIsTaken() {
        assertThatCode(() -> check("/zone", """
                {"name": "a", "state": "OPEN", "labels": {"any": 1}, "inner": {"size": 1}}""")).doesNotThrowAnyException();
        assertThatCode(() -> check("/zones", """
                [{"name": "a"}]""")).doesNotThrowAnyException();
    }

    @Test
    void aMemberThatIsNotInItIsAFault() {
        for (String[] answer : new String[][] {
            {"/zone", "{\"name\": \"a\", \"more\": 1}"},
            {"/zone", "{\"name\": \"a\", \"inner\": {\"more\": 1}}"},
            {"/zones", "[{\"name\": \"a\", \"more\": 1}]"}
        }) {
            assertThatThrownBy(() -> check(answer[0], answer[1]))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("more");
        }
    }

    @Test
    void aValueThatIsNotListedIsAFault() {
        assertThatThrownBy(() -> check("/zone", "{\"name\": \"a\", \"state\": \"AJAR\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("state");
    }

    @Test
    void theDocumentItselfStaysOpen() {
        assertThat(CONTRACT.document().at("/components/schemas/Plain").has("additionalProperties"))
                .isFalse();
    }
}
