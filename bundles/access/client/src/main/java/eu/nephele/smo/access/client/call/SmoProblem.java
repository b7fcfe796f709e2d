// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Problem details (RFC 9457) of an answer.
 *
 * @param type {@code urn:smo:problem:…}, "" of an answer that is none
 * @param source the system at fault, {@code smo} for the server
 * @param operation the operation that failed during the wait
 * @param errors of an input, each with a JSON pointer
 * @param reasons service → cluster → why not
 * @param retryAfter pause before a retry
 */
public record SmoProblem(
        int status,
        String type,
        String title,
        String detail,
        String source,
        String correlationId,
        Optional<String> operation,
        List<PointedError> errors,
        Map<String, Map<String, String>> reasons,
        Optional<Duration> retryAfter) {

    /** An error of an input; the pointer is "" for the whole input. */
    public record PointedError(String pointer, String message) {}

    public SmoProblem {
        errors = List.copyOf(errors);
        reasons = Map.copyOf(reasons);
    }

    /** Reads it from an answer, whatever its body is. */
    public static SmoProblem from(SmoResponse response) {
        Optional<Duration> retryAfter = response.header("retry-after").flatMap(SmoProblem::seconds);
        Optional<JsonNode> body = parsed(response.body());
        JsonFields fields = new JsonFields(body.orElseGet(MissingNode::getInstance));
        String title = fields.textIfPresent("title").orElse("");
        return new SmoProblem(
                response.status(),
                fields.textIfPresent("type").orElse(""),
                title,
                fields.textIfPresent("detail")
                        .orElseGet(
                                () -> body.isPresent() ? title : response.body().strip()),
                fields.textIfPresent("source").orElse("smo"),
                fields.textIfPresent("correlationId").orElse(""),
                fields.textIfPresent("operation"),
                fields.list(
                        "errors",
                        error -> new PointedError(
                                error.path("pointer").asText(),
                                error.path("message").asText())),
                fields.map("reasons", clusters -> JsonFields.entries(clusters, JsonNode::asText)),
                retryAfter);
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
        } catch (NumberFormatException | DateTimeException aDate) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.of(new JsonTreeReader().read(body)).filter(JsonNode::isObject);
        } catch (IOException plain) {
            return Optional.empty();
        }
    }
}
