// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.Optional;

/**
 * What a command waits for: {@code condition=X}, {@code phase=X} or {@code deleted} of a resource, or {@code operation=ID}.
 *
 * @param value "" for {@code deleted}
 */
record AwaitedState(String what, String value) {

    private static final int NOT_FOUND = 404;

    /** @throws IllegalArgumentException when it is none of these */
    static AwaitedState from(String text) {
        int equals = text.indexOf('=');
        String what = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1);
        boolean known = (what.equals("deleted") && value.isEmpty())
                || ((what.equals("condition") || what.equals("phase") || what.equals("operation")) && !value.isEmpty());
        if (!known) {
            throw new IllegalArgumentException(
                    "--for %s: expected condition=TYPE[=STATUS], phase=PHASE, deleted or operation=ID".formatted(text));
        }
        return new AwaitedState(what, value);
    }

    boolean isOperation() {
        return what.equals("operation");
    }

    /** Returns what is there instead; empty when the state is reached. */
    Optional<String> missing(RestCalls calls, String path) {
        JsonNode resource;
        try {
            resource = calls.get(path);
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND && what.equals("deleted")) {
                return Optional.empty();
            }
            throw failed;
        }
        if (what.equals("deleted")) {
            return Optional.of("is still there, " + phase(resource));
        }
        return what.equals("phase")
                ? Optional.of(phase(resource)).filter(phase -> !phase.equalsIgnoreCase(value))
                : condition(resource);
    }

    private Optional<String> condition(JsonNode resource) {
        int equals = value.indexOf('=');
        String type = equals < 0 ? value : value.substring(0, equals);
        String status = equals < 0 ? "True" : value.substring(equals + 1);
        for (JsonNode condition : resource.path("conditions")) {
            if (condition.path("type").asText().equalsIgnoreCase(type)) {
                return condition.path("status").asText().equalsIgnoreCase(status)
                        ? Optional.empty()
                        : Optional.of("%s is %s: %s"
                                .formatted(
                                        type,
                                        condition.path("status").asText(),
                                        condition.path("message").asText()));
            }
        }
        return Optional.of("has no condition %s; its phase is %s".formatted(type, phase(resource)));
    }

    private static String phase(JsonNode resource) {
        return resource.path("phase").asText();
    }
}
