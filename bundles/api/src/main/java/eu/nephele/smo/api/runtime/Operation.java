// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One asynchronous request of a user and what has become of it. Stored before it is acted upon; survives restarts.
 *
 * @param id unique, sortable by time
 * @param kind what was asked for
 * @param target the resource that it changes, of whichever kind
 * @param state where it is
 * @param generation generation of its target that it made or answers to
 * @param wish number of the placement wish that it made or answers to
 * @param origin who asked
 * @param times when it was accepted, changed, finished
 * @param steps what is done outside, in order; known from the decision on
 * @param stages how long each stage took, in order; the last one may still run
 * @param error why it failed, or what keeps it from going on at the moment
 * @param message for people: where it is or how it ended, "" when there is nothing to say; at most
 *     {@link AnswerLimits#TOLD_CHARACTERS}, as in its steps and its error
 */
public record Operation(
        String id,
        Kind kind,
        ResourceRef target,
        State state,
        long generation,
        long wish,
        RequestOrigin origin,
        Times times,
        List<Step> steps,
        List<Stage> stages,
        Optional<Fault> error,
        String message) {

    public Operation {
        steps = List.copyOf(steps);
        stages = List.copyOf(stages);
        message = told(message);
    }

    /** Bounds a text that is composed of texts of any number of outside systems. */
    private static String told(String message) {
        return AnswerLimits.cut(message, AnswerLimits.TOLD_CHARACTERS);
    }

    /**
     * When.
     *
     * @param createdAt when it was accepted
     * @param updatedAt when it changed last
     * @param finishedAt when it reached a final state
     */
    public record Times(Instant createdAt, Instant updatedAt, Optional<Instant> finishedAt) {

        /** Accepted now. */
        public static Times from(Instant now) {
            return new Times(now, now, Optional.empty());
        }

        /** Changed now, for the last time or not. */
        public Times changed(Instant now, boolean isFinal) {
            return new Times(createdAt, now, isFinal ? finishedAt.or(() -> Optional.of(now)) : Optional.empty());
        }
    }

    /** The graph that it changes, if it changes one. */
    public Optional<GraphId> graph() {
        return target.graph();
    }

    /** The cluster that it empties, for {@code DRAIN}. */
    public Optional<ClusterId> cluster() {
        return target.cluster();
    }

    /** The plugin that it changes, by its symbolic name. */
    public Optional<String> plugin() {
        return target.plugin();
    }

    public Instant createdAt() {
        return times.createdAt();
    }

    public Instant updatedAt() {
        return times.updatedAt();
    }

    public Optional<Instant> finishedAt() {
        return times.finishedAt();
    }

    /** Kinds of requests. */
    public enum Kind {
        DEPLOY,
        UPDATE,
        ROLLBACK,
        START,
        STOP,
        REMOVE,
        /** removal that does not wait for what cannot be removed outside now */
        FORCE_REMOVE,
        PLACE,
        REPAIR,
        DRAIN,
        /** a plugin comes in */
        INSTALL_PLUGIN,
        /** a version of a plugin takes the place of another */
        UPGRADE_PLUGIN,
        /** a plugin goes */
        REMOVE_PLUGIN,
        /** a resource of a kind that a bundle brings comes, or shall be something else */
        APPLY,
        /** such a resource goes */
        DELETE
    }

    /** Where an operation is. */
    public enum State {
        /** accepted, nothing decided yet */
        PENDING,
        /** decided, being carried out */
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** taken back by a user before anything was done */
        CANCELLED,
        /** a later operation on the same target made it pointless */
        SUPERSEDED;

        /** Returns whether nothing will change any more. */
        public boolean isFinal() {
            return this != PENDING && this != RUNNING;
        }
    }

    /** Actions of a step. */
    public enum Action {
        /** a release that is not there is installed */
        INSTALL,
        /** artifact or values of a release change where it is */
        UPGRADE,
        /** a service goes to another cluster */
        MOVE,
        /** replicas change where they are */
        SCALE,
        /** a release is removed */
        REMOVE,
        /** a conditional service waits for its event: alert rules are made */
        WATCH,
        /** a graph leaves a cluster that is emptied */
        EVACUATE,
        /** a plugin is looked at before any of its code runs */
        ADMIT,
        /** a plugin starts */
        START,
        /** what a plugin offers is examined by the conformance kit */
        EXAMINE,
        /** a plugin decides recent decisions again, without being followed */
        REHEARSE,
        /** a plugin takes over */
        SWITCH,
        /** the first decisions of a plugin are watched */
        PROVE
    }

    /**
     * One step outside.
     *
     * @param action what is done
     * @param subject service, graph for {@code DRAIN}, plugin and version for plugins
     * @param detail what exactly, for people
     * @param state how far it is
     * @param message what keeps it, "" when nothing does
     */
    public record Step(Action action, String subject, String detail, StepState state, String message) {

        public Step {
            message = told(message);
        }
    }

    /** How far a step is. */
    public enum StepState {
        PENDING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * A stretch of time: {@code deciding}, {@code applying}, {@code undoing}.
     *
     * @param duration empty while it lasts
     */
    public record Stage(String name, Instant startedAt, Optional<Duration> duration) {}

    /**
     * @param kind what kind of "no"
     * @param source the system at fault; {@code smo} for this one
     * @param message what happened and what to do, for people
     */
    public record Fault(SmoException.Kind kind, String source, String message) {

        public Fault {
            source = told(source);
            message = told(message);
        }

        public static Fault of(SmoException e) {
            return new Fault(e.kind(), e.source(), e.getMessage());
        }
    }

    /** Share of its steps that are done, 0 to 100. */
    public int progressPercent() {
        if (state == State.SUCCEEDED) {
            return 100;
        }
        long done =
                steps.stream().filter(step -> step.state() == StepState.DONE).count();
        return steps.isEmpty() ? 0 : (int) (100 * done / steps.size());
    }
}
