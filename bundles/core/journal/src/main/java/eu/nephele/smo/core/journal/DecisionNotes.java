// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Notes about the decider in a record: the strategy's own note, and the reason for a substitute. */
final class DecisionNotes {

    private DecisionNotes() {}

    /** The strategy's note, "" for none. */
    static String render(DecisionRecord record) {
        return new JsonFieldReader(record.details())
                .optionalFields("quality")
                .flatMap(quality -> quality.optionalText("note"))
                .orElse("");
    }

    static List<String> lines(DecisionRecord record) {
        List<String> lines = new ArrayList<>();
        String note = render(record);
        if (!note.isEmpty()) {
            lines.add("%s says: %s".formatted(record.strategy().id(), note));
        }
        if (record.fallback()) {
            String faults = faults(record);
            lines.add("It decided as a fallback: %s."
                    .formatted(faults.isEmpty() ? "the requested strategy did not answer" : faults));
        }
        return lines;
    }

    private static String faults(DecisionRecord record) {
        return record.details().get("faults").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(fault -> fault.asObject().stream())
                .map(DecisionNotes::fault)
                .collect(Collectors.joining("; "));
    }

    private static String fault(JsonObject fault) {
        String message = new JsonFieldReader(fault).text("message");
        String who = new JsonFieldReader(fault).text("who");
        return message.startsWith(new JsonFieldReader(fault).text("what"))
                ? "%s is %s".formatted(who, message)
                : "%s: %s".formatted(who, message);
    }
}
