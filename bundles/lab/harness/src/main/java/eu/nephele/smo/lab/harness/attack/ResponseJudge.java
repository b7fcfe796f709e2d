// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import eu.nephele.smo.lab.harness.attack.Cases.Case;
import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import eu.nephele.smo.lab.harness.server.RawResponse;
import java.util.Optional;
import java.util.Set;

/** Says whether an answer is one that a good server gives. */
final class ResponseJudge {

    private static final int REQUEST_REFUSED = 400;
    private static final Set<Integer> DENIED = Set.of(400, 401, 403);
    private static final int SERVER_FAILED = 500;
    private static final int MOST_SHOWN = 200;

    private final JsonMapper json = new JsonMapper();

    Optional<AttackFinding> finding(Case it, ShotOutcome outcome) {
        if (outcome.answer().isEmpty()) {
            boolean fine = it.shot().demand() == Demand.END && !outcome.isSilence();
            return fine ? Optional.empty() : found(it, AttackKind.UNANSWERED, outcome.reason());
        }
        RawResponse answer = outcome.answer().get();
        if (answer.status() >= SERVER_FAILED && !answer.isOverload()) {
            return found(it, AttackKind.SERVER_ERROR, shown(answer));
        }
        if (answer.isGood() && it.shot().demand() == Demand.REFUSAL) {
            return found(it, AttackKind.WRONG_ANSWER, "to be refused, but " + shown(answer));
        }
        if (it.shot().demand() == Demand.DENIAL && !DENIED.contains(answer.status()) && !answer.isOverload()) {
            return found(it, AttackKind.WRONG_ANSWER, "to be denied, but " + shown(answer));
        }
        boolean speaks = answer.status() >= REQUEST_REFUSED && !answer.text().isEmpty();
        return speaks && !isProblem(answer)
                ? found(it, AttackKind.WRONG_ANSWER, "no problem document: " + shown(answer))
                : Optional.empty();
    }

    private boolean isProblem(RawResponse answer) {
        String type = answer.header("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return false;
        }
        try {
            JsonNode problem = json.readTree(answer.text());
            return problem.path("status").asInt() == answer.status();
        } catch (JsonProcessingException e) {
            // not JSON is no problem document
            return false;
        }
    }

    private static Optional<AttackFinding> found(Case it, AttackKind kind, String what) {
        String subject =
                "case %d (%s: %s)".formatted(it.number(), it.family(), it.shot().what());
        return Optional.of(new AttackFinding(kind, subject, what));
    }

    private static String shown(RawResponse answer) {
        String text = answer.text();
        return "%d %s %s"
                .formatted(
                        answer.status(),
                        answer.header("Content-Type").orElse(""),
                        text.substring(0, Math.min(MOST_SHOWN, text.length())));
    }
}
