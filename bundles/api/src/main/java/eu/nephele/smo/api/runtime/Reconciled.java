// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a resource is after a call of its controller.
 *
 * @param outcome in a word
 * @param observed what was seen of it
 * @param message what it waits for, or why it failed, for people; "" when there is nothing to say
 * @param statements what else there is to say about it
 * @param again when to look again at the latest, 10 ms to a day; empty: as configured
 * @param steps what is done outside for the present generation, in order, as its operation shows it; none: what it showed before
 * @param fault why it {@code FAILED} or was {@code KEPT}, in the words of interfaces; empty: something outside went wrong, as the
 *     message says
 */
public record Reconciled(
        Outcome outcome,
        JsonObject observed,
        String message,
        List<Statement> statements,
        Optional<Duration> again,
        List<Operation.Step> steps,
        Optional<Operation.Fault> fault) {

    /** Checks its parts; a missing one is the mistake of its creator and fails here. */
    public Reconciled {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(observed, "observed");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(again, "again");
        Objects.requireNonNull(fault, "fault");
        statements = List.copyOf(statements);
        steps = List.copyOf(steps);
    }

    /** Without steps and words for interfaces. */
    public Reconciled(
            Outcome outcome,
            JsonObject observed,
            String message,
            List<Statement> statements,
            Optional<Duration> again) {
        this(outcome, observed, message, statements, again, List.of(), Optional.empty());
    }

    /** How far it is. */
    public enum Outcome {
        /** as it shall be */
        READY,
        /** something is under way: it is looked at again soon */
        PROGRESSING,
        /** it cannot become what it shall be unless somebody does something */
        FAILED,
        /** nothing of it is left: the end of one that is leaving */
        GONE,
        /** it is leaving and cannot be taken away: its removal has failed, it stays as a resource that nobody removes */
        KEPT
    }

    /**
     * A condition, as its controller says it.
     *
     * @param type upper camel case: {@code DiskHealthy}
     * @param status whether it holds
     * @param reason one upper camel case word
     * @param message for people
     */
    public record Statement(String type, Condition.Status status, String reason, String message) {

        public Statement {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }

    /** It is as it shall be. */
    public static Reconciled ready(JsonObject observed) {
        return of(Outcome.READY, observed, "");
    }

    /** Something is under way. */
    public static Reconciled progressing(JsonObject observed, String waitsFor) {
        return of(Outcome.PROGRESSING, observed, waitsFor);
    }

    /** It cannot become what it shall be. */
    public static Reconciled failed(JsonObject observed, String why) {
        return of(Outcome.FAILED, observed, why);
    }

    /** Nothing of it is left. */
    public static Reconciled gone() {
        return of(Outcome.GONE, JsonObject.EMPTY, "");
    }

    /**
     * It is leaving and cannot be taken away, and trying again without being asked would do harm or cost something: the operation
     * fails, and the resource is looked at again as one that stays.
     */
    public static Reconciled kept(JsonObject observed, String why) {
        return of(Outcome.KEPT, observed, why);
    }

    private static Reconciled of(Outcome outcome, JsonObject observed, String message) {
        return new Reconciled(outcome, observed, message, List.of(), Optional.empty());
    }

    /** The same, looked at again after that time at the latest. */
    public Reconciled again(Duration after) {
        return new Reconciled(outcome, observed, message, statements, Optional.of(after), steps, fault);
    }

    /** The same with one more step. */
    public Reconciled with(Operation.Step step) {
        List<Operation.Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Reconciled(outcome, observed, message, statements, again, more, fault);
    }

    /** The same, for that reason. */
    public Reconciled because(Operation.Fault why) {
        return new Reconciled(outcome, observed, message, statements, again, steps, Optional.of(why));
    }

    /** The same with one more statement. */
    public Reconciled with(Statement statement) {
        List<Statement> more = new ArrayList<>(statements);
        more.add(statement);
        return new Reconciled(outcome, observed, message, more, again, steps, fault);
    }
}
