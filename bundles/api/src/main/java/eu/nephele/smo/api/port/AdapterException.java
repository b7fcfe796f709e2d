// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.AnswerLimits;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/** The outside world said no. {@link #kind()} tells the engine what to do next, the message tells people what happened. */
public final class AdapterException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Service property (String) of every service behind a port: name of the outside system it speaks with, the same as
     * {@link #system()} says. Calls to one system share their limits, whichever adapters make them. Without it the property that
     * {@link Port#system} names, a source of clusters, say, or else the name of the port stands for the system.
     */
    public static final String SYSTEM = "smo.system";

    /** Consequences of a failure. */
    public enum Kind {
        /** cannot be reached: try again later */
        UNAVAILABLE,
        /** said no for good: ask a person */
        REFUSED,
        /** the thing is not there */
        NOT_FOUND,
        /** somebody else changed it meanwhile, or the name is taken */
        CONFLICT,
        /** did not answer in time; the effect may exist */
        TIMED_OUT
    }

    private final Kind kind;
    private final String system;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param system the failing system, for example {@code karmada} or {@code prometheus}; {@code SYSTEM/PART}, {@code docker/edge-1},
     *     when only that part of it failed while others answer, which does not count against the system
     * @param message what was tried on which object, what happened, what to do
     */
    public AdapterException(Kind kind, String system, String message) {
        this(kind, system, message, Optional.empty());
    }

    /** @param retryAfter when the system said that trying again makes sense */
    public AdapterException(Kind kind, String system, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.system = system;
        this.retryAfter = retryAfter;
    }

    public AdapterException(Kind kind, String system, String message, Throwable cause) {
        this(kind, system, message, Optional.empty(), cause);
    }

    /** @param retryAfter when the system said that trying again makes sense */
    public AdapterException(Kind kind, String system, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.system = system;
        this.retryAfter = retryAfter;
    }

    /** Returns the message for people; never null, at most {@link AnswerLimits#MESSAGE_CHARACTERS}. */
    @Override
    public String getMessage() {
        return AnswerLimits.cut(String.valueOf(super.getMessage()), AnswerLimits.MESSAGE_CHARACTERS);
    }

    public Kind kind() {
        return kind;
    }

    public String system() {
        return system;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
