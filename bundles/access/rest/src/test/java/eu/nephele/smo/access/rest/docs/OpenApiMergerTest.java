// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any part of a bundle is either merged into a document that can be read again, or rejected with a reason. */
final class OpenApiMergerTest {

    private static final int ROUNDS = Integer.getInteger("smo.rounds", 3000);

    private static final String BASE = """
            openapi: 3.1.0
            info: {title: Base, version: '1'}
            components:
              securitySchemes:
                bearer: {type: http, scheme: bearer}
              responses:
                Problem: {description: A problem}
            """;

    private static final String PART = """
            openapi: 3.1.0
            tags:
              - name: Zones
            paths:
              /zones/{zone}:
                parameters:
                  - {name: zone, in: path, required: true, schema: {type: string}}
                put:
                  operationId: putZone
                  tags: [Zones]
                  security:
                    - bearer: []
                  requestBody:
                    content:
                      application/json:
                        schema: {$ref: '#/components/schemas/Zone'}
                  responses:
                    '200':
                      description: "It is, 100%"
                      headers:
                        ETag: {schema: {type: string}}
                    default: {$ref: '#/components/responses/Problem'}
            components:
              schemas:
                Zone:
                  description: |
                    A zone,
                    of DNS
                  type: object
                  properties:
                    size: {type: integer, maximum: 1_000, default: 0x1F}
                    ratio: {type: number, maximum: 1.5e3}
                    since: {const: 2026-01-01}
            """;

    /** Texts with a meaning in YAML or in the merger. */
    private static final String[] PIECES = {
        ":",
        " ",
        "\n",
        "- ",
        "&a ",
        "*a",
        "!x ",
        "!!int ",
        "? ",
        "|",
        ">",
        "'",
        "\"",
        "#",
        "{",
        "}",
        "[",
        "]",
        ",",
        "%",
        "@",
        "`",
        "~",
        "$ref: ",
        "null",
        "1",
        "-1",
        "0x",
        "1_",
        "0b1",
        "08",
        ".",
        "1e999",
        ".nan",
        ".inf",
        "x-a: 1\n",
        "/",
        "\t",
        "\0",
        "\u0085",
        "\uFEFF",
        "\uD83D\uDE00",
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "<<: ",
        "true",
        "#/components/",
        "get: ",
        "paths: ",
        "=",
        "\\u0041"
    };

    private static ContractPart part(String text) throws UnfitPart {
        return ContractPart.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Optional.of("org.example.zones"));
    }

    @Test
    void whateverComesTheDocumentStaysOne() throws Exception {
        Random random = new Random(58);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            OpenApiMerger openApiMerger = new OpenApiMerger(part(BASE));
            ObjectNode before = openApiMerger.whole().deepCopy();
            String text = changed(PART, random);
            try {
                openApiMerger.add(part(text));
                taken++;
            } catch (UnfitPart unfit) {
                assertThat(unfit.getMessage()).isNotBlank();
                assertThat(openApiMerger.whole()).as(text).isEqualTo(before);
            } catch (RuntimeException | StackOverflowError bug) {
                throw new AssertionError("Round %d:%n%s".formatted(round, text), bug);
            }
            String written = new ContractYaml().write(openApiMerger.whole());
            assertThat(new YAMLMapper().readTree(written)).as(text).isEqualTo(openApiMerger.whole());
        }
        assertThat(taken).as("some are taken, most are not").isBetween(ROUNDS / 20, ROUNDS * 9 / 10);
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(changed.length());
            int until = Math.min(changed.length(), at + random.nextInt(8));
            changed.replace(at, random.nextBoolean() ? at : until, PIECES[random.nextInt(PIECES.length)]);
        }
        return changed.toString();
    }
}
