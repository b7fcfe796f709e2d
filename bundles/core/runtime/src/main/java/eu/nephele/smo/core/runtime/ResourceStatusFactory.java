// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

final class ResourceStatusFactory {

    /** Condition: the controller has reported an outcome. */
    static final String RECONCILED = "Reconciled";

    private static final Set<String> OURS = Set.of(Condition.READY, RECONCILED);
    private static final int MOST_STATEMENTS = 20;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");

    private final Clock clock;

    ResourceStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** Returns the flaw of a controller's statements, to continue after "answered"; empty for none. */
    static Optional<String> reserved(List<Statement> statements) {
        Set<String> seen = new HashSet<>(OURS);
        return statements.size() > MOST_STATEMENTS
                ? Optional.of("%d statements, at most %d are kept".formatted(statements.size(), MOST_STATEMENTS))
                : statements.stream()
                        .map(Statement::type)
                        .filter(type -> !WORD.matcher(type).matches() || !seen.add(type))
                        .map("a statement of type '%s', which is not a word, reserved, or repeated"::formatted)
                        .findFirst();
    }

    ResourceStatus after(Resource resource, Reconciled answer) {
        Outcome outcome = answer.outcome();
        Statement ready = new Statement(
                Condition.READY,
                outcome == Outcome.READY ? Condition.Status.TRUE : Condition.Status.FALSE,
                word(resource.leaving() ? Phase.LEAVING.name() : outcome.name()),
                answer.message());
        Statement reconciled = new Statement(RECONCILED, Condition.Status.TRUE, "Answered", "");
        List<Condition> conditions = Stream.concat(Stream.of(ready, reconciled), answer.statements().stream())
                .map(statement -> condition(resource, statement))
                .toList();
        return new ResourceStatus(
                resource.leaving() ? Phase.LEAVING : phase(outcome),
                resource.generation(),
                answer.observed(),
                conditions);
    }

    private static Phase phase(Outcome outcome) {
        return switch (outcome) {
            case READY -> Phase.READY;
            case PROGRESSING -> Phase.PROGRESSING;
            case FAILED -> Phase.FAILED;
            case GONE, KEPT -> Phase.LEAVING;
        };
    }

    /** After a call without an answer: the last observation stays, but may be outdated. */
    ResourceStatus without(Resource resource, String reason, String message) {
        ResourceStatus before = resource.status();
        boolean known = before.observedGeneration() == resource.generation() && !resource.leaving();
        List<Condition> conditions = new ArrayList<>();
        before.conditions().stream()
                .filter(condition -> !condition.type().equals(RECONCILED))
                .forEach(conditions::add);
        conditions.add(condition(resource, new Statement(RECONCILED, Condition.Status.FALSE, reason, message)));
        Phase phase = resource.leaving() ? Phase.LEAVING : known ? before.phase() : Phase.PROGRESSING;
        return new ResourceStatus(phase, before.observedGeneration(), before.observed(), conditions);
    }

    /** The visible status of a resource without a controller. */
    Resource left(Resource resource) {
        ResourceStatus seen = without(
                resource, "ControllerAway", "No controller of its kind is available; the resource stays as it is");
        return resource.seen(new ResourceStatus(
                resource.status().phase(), seen.observedGeneration(), seen.observed(), seen.conditions()));
    }

    private Condition condition(Resource resource, Statement statement) {
        Optional<Condition> before = resource.status().conditions().stream()
                .filter(condition -> condition.type().equals(statement.type()))
                .filter(condition -> condition.status() == statement.status())
                .findFirst();
        return new Condition(
                statement.type(),
                statement.status(),
                kept(statement.reason()),
                kept(statement.message()),
                before.map(Condition::lastTransitionTime).orElseGet(clock::instant),
                resource.generation());
    }

    /** No database keeps a NUL in a text. */
    private static String kept(String text) {
        return text.replace('\0', ' ');
    }

    private static String word(String constant) {
        return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
    }
}
