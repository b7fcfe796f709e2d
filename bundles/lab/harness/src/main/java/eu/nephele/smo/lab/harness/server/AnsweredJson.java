// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON of an answer; one that is none, a part of one for example, is told with what was asked for and with its end. */
public final class AnsweredJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN_CHARACTERS = 200;

    private AnsweredJson() {}

    /**
     * @param asked for people: method and path
     * @throws NotWhole when the answer is no JSON
     */
    public static JsonNode read(String asked, String answer) throws NotWhole {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException notWhole) {
            String end = answer.substring(Math.max(0, answer.length() - SHOWN_CHARACTERS));
            throw new NotWhole(
                    "%s answers no JSON, %d characters that end with: %s".formatted(asked, answer.length(), end),
                    notWhole);
        }
    }

    /** An answer that came to its end and is no JSON. */
    public static final class NotWhole extends IOException {

        private static final long serialVersionUID = 1L;

        NotWhole(String message, JsonProcessingException cause) {
            super(message, cause);
        }
    }
}
