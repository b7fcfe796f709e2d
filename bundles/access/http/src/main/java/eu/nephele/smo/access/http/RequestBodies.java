// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.NumberOutOfRangeException;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads request bodies. */
public final class RequestBodies {

    private RequestBodies() {}

    /**
     * @throws SmoException {@code TOO_LARGE} when the limit is passed
     * @throws ClientErrorException 408 when it arrives incompletely or too slowly
     */
    public static byte[] bytes(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException incomplete) {
            throw new ClientErrorException(Response.Status.REQUEST_TIMEOUT, incomplete);
        }
    }

    /**
     * @return the object; empty when the body is missing
     * @throws SmoException {@code INVALID} when it is not a JSON object, with line and column
     */
    public static Optional<ObjectNode> object(InputStream body) {
        byte[] bytes = bytes(body);
        if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode tree = StrictJson.tree(bytes);
            if (tree instanceof ObjectNode object) {
                return Optional.of(object);
            }
            throw invalid(
                    "",
                    "expected an object, found %s"
                            .formatted(tree.getNodeType().name().toLowerCase(Locale.ROOT)));
        } catch (JsonProcessingException malformed) {
            throw notJson(malformed);
        }
    }

    /** @throws SmoException {@code INVALID} when it is not JSON, with line and column, or nothing at all */
    public static JsonValue value(InputStream body) {
        try {
            JsonNode tree = StrictJson.tree(bytes(body));
            if (tree.isMissingNode()) {
                throw invalid("", "is empty, expected JSON");
            }
            return StrictJson.value(tree);
        } catch (JsonProcessingException malformed) {
            throw notJson(malformed);
        }
    }

    public static SmoException notJson(JsonProcessingException malformed) {
        if (malformed instanceof NumberOutOfRangeException number) {
            return invalid(number.pointer(), number.getOriginalMessage());
        }
        String where = malformed.getLocation() == null
                ? ""
                : "line %d, column %d: "
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
        // The original message, because the long one repeats parts of the body.
        return SmoException.invalid(
                "The body is not JSON", List.of(new Violation("", where + malformed.getOriginalMessage())));
    }

    public static SmoException invalid(String pointer, String message) {
        return invalid(List.of(new Violation(pointer, message)));
    }

    public static SmoException invalid(List<Violation> violations) {
        return SmoException.invalid("The request body is not valid", violations);
    }
}
