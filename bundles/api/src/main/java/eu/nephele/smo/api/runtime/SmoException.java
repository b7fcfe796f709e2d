// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that cannot be fulfilled, with everything the caller needs to act on. */
public final class SmoException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Kind of the refusal. The word is stable; the REST layer maps it to a status. */
    public enum Kind {
        /** the input is wrong; the violations say where */
        INVALID,
        NOT_FOUND,
        /** the caller did not prove who it is */
        UNAUTHENTICATED,
        /** the caller may not do it */
        FORBIDDEN,
        /** the caller asked, or failed, too often; it may try again later */
        THROTTLED,
        /** it would exceed a quota of the project; the reasons say which, and by how much */
        OVER_QUOTA,
        /** the state does not allow it, or the name is taken */
        CONFLICT,
        /** nothing fits; the reasons say why per service and cluster */
        INFEASIBLE,
        /** over a limit of size */
        TOO_LARGE,
        /** what a reference points to has the wrong content */
        UNPROCESSABLE,
        /** an outside system answered with an error */
        UPSTREAM_FAILED,
        /** an outside system, or a part of this one, is not there now */
        UNAVAILABLE,
        /** an outside system did not answer in time */
        TIMED_OUT
    }

    private final Kind kind;
    private final String source;
    private final transient List<Violation> violations;
    private final transient Map<String, Map<String, String>> reasons;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<URI> elsewhere;

    private SmoException(
            Kind kind,
            String source,
            String message,
            List<Violation> violations,
            Map<String, Map<String, String>> reasons,
            Optional<Duration> retryAfter,
            Optional<URI> elsewhere) {
        super(message);
        this.kind = kind;
        this.source = source;
        this.violations = List.copyOf(violations);
        this.reasons = Map.copyOf(reasons);
        this.retryAfter = retryAfter;
        this.elsewhere = elsewhere;
    }

    public static SmoException invalid(String message, List<Violation> violations) {
        return new SmoException(Kind.INVALID, "smo", message, violations, Map.of(), Optional.empty(), Optional.empty());
    }

    public static SmoException notFound(String message) {
        return new SmoException(
                Kind.NOT_FOUND, "smo", message, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    public static SmoException conflict(String message) {
        return new SmoException(Kind.CONFLICT, "smo", message, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    public static SmoException forbidden(String message) {
        return new SmoException(
                Kind.FORBIDDEN, "smo", message, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    public static SmoException tooLarge(String message) {
        return new SmoException(
                Kind.TOO_LARGE, "smo", message, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    /** @param reasons service → cluster → why not */
    public static SmoException infeasible(String message, Map<String, Map<String, String>> reasons) {
        return new SmoException(
                Kind.INFEASIBLE, "smo", message, List.of(), reasons, Optional.empty(), Optional.empty());
    }

    /** @param reasons member of the quota → {@code project}, {@code used}, {@code requested}, {@code limit} */
    public static SmoException overQuota(String message, Map<String, Map<String, String>> reasons) {
        return new SmoException(
                Kind.OVER_QUOTA, "smo", message, List.of(), reasons, Optional.empty(), Optional.empty());
    }

    /** @param source the system that failed, for example {@code karmada} or {@code database} */
    public static SmoException of(Kind kind, String source, String message, Optional<Duration> retryAfter) {
        return new SmoException(kind, source, message, List.of(), Map.of(), retryAfter, Optional.empty());
    }

    /**
     * This server does not do that now, and may be asked again; another one does it.
     *
     * @param elsewhere where that one is; empty when it is not known
     */
    public static SmoException elsewhere(String message, Duration retryAfter, Optional<URI> elsewhere) {
        return new SmoException(
                Kind.UNAVAILABLE, "smo", message, List.of(), Map.of(), Optional.of(retryAfter), elsewhere);
    }

    /** Returns the message for people; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /** The system at fault; {@code smo} for this one. */
    public String source() {
        return source;
    }

    public List<Violation> violations() {
        return violations;
    }

    /**
     * Service → cluster → why not, for {@link Kind#INFEASIBLE}; member of a quota → what of it, for {@link Kind#OVER_QUOTA}.
     */
    public Map<String, Map<String, String>> reasons() {
        return reasons;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** A server that does what this one does not, by its address. */
    public Optional<URI> elsewhere() {
        return elsewhere;
    }
}
