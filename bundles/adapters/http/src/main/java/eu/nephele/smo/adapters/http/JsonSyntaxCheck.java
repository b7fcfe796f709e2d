// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Checks whether an answer is JSON, without building objects. */
final class JsonSyntaxCheck {

    private static final int MAX_DEPTH = 200;

    private final JsonFactory parsers;

    /** @param maxBytes no text in an answer is longer than the answer */
    JsonSyntaxCheck(int maxBytes) {
        parsers = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(maxBytes)
                        .build())
                .build();
    }

    /** Returns the syntax error in words for people; empty for exactly one value. */
    Optional<String> fault(String contentType, byte[] body) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            return Optional.of("the content type is %s, not JSON".formatted(type.isEmpty() ? "missing" : type));
        }
        if (body.length == 0) {
            return Optional.of("it is empty, not JSON");
        }
        try (JsonParser parser = parsers.createParser(body)) {
            return oneValue(parser) ? Optional.empty() : Optional.of("it is not one JSON value");
        } catch (IOException broken) {
            return Optional.of("it is not complete JSON");
        }
    }

    private static boolean oneValue(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        parser.skipChildren();
        return first != null && parser.nextToken() == null;
    }
}
