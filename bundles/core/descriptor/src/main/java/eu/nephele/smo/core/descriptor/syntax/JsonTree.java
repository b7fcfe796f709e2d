// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

final class JsonTree {

    /** Names are not interned: those of strangers would stay in a table of the process for a while. */
    private static final JsonFactory SCANNER = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonTree() {}

    static JsonNode read(String text, BodyLimits limits) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try {
            checkShape(utf8, limits);
            return StrictJson.tree(utf8);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw at == null
                    ? ParseErrors.unreadable(e.getOriginalMessage())
                    : ParseErrors.unreadable(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts before anything is built, so that a hostile body costs no memory. */
    private static void checkShape(byte[] utf8, BodyLimits limits) throws IOException {
        int depth = 0;
        int nodes = 0;
        SizeViolations sizeViolations = new SizeViolations(limits);
        try (JsonParser parser = SCANNER.createParser(utf8)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd()) {
                    depth--;
                } else if (token != JsonToken.FIELD_NAME) {
                    nodes++;
                }
                if (token.isStructStart() && ++depth > limits.depth()) {
                    JsonLocation at = parser.currentTokenLocation();
                    throw ParseErrors.unreadable(ParseErrors.tooDeep(limits), at.getLineNr(), at.getColumnNr());
                }
                if (token.isNumeric()) {
                    sizeViolations.number(parser.getText(), () -> pointer(parser));
                } else if (token == JsonToken.VALUE_STRING) {
                    sizeViolations.text(parser.getTextLength(), () -> pointer(parser));
                }
                if (nodes > limits.nodes()) {
                    throw ParseErrors.tooManyNodes(limits);
                }
            }
        }
        sizeViolations.throwIfAny();
    }

    /** Tells where the members and items of the document begin. */
    static void walk(String text, SourcePositions positions) {
        try (JsonParser parser = SCANNER.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                JsonLocation at = parser.currentTokenLocation();
                switch (token) {
                    case FIELD_NAME -> positions.member(parser.currentName(), at.getLineNr(), at.getColumnNr());
                    case START_OBJECT -> positions.begin(false, at.getLineNr(), at.getColumnNr());
                    case START_ARRAY -> positions.begin(true, at.getLineNr(), at.getColumnNr());
                    case END_OBJECT, END_ARRAY -> positions.end();
                    default -> positions.value(at.getLineNr(), at.getColumnNr());
                }
            }
        } catch (IOException unreadable) {
            throw ParseErrors.unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }
}
