// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.SmoException;

/** Kind of refusal in HTTP; {@code word} is the last part of the type of the problem. */
public record ProblemKind(String word, String title, int status) {

    public static ProblemKind from(SmoException.Kind kind) {
        return switch (kind) {
            case INVALID -> new ProblemKind("invalid", "Bad Request", 400);
            case UNAUTHENTICATED -> new ProblemKind("unauthorized", "Unauthorized", 401);
            case THROTTLED -> new ProblemKind("too-many-requests", "Too Many Requests", 429);
            case FORBIDDEN -> new ProblemKind("forbidden", "Forbidden", 403);
            case OVER_QUOTA -> new ProblemKind("quota-exceeded", "Forbidden", 403);
            case NOT_FOUND -> new ProblemKind("not-found", "Not Found", 404);
            case CONFLICT -> new ProblemKind("conflict", "Conflict", 409);
            case INFEASIBLE -> new ProblemKind("infeasible", "Conflict", 409);
            case TOO_LARGE -> new ProblemKind("too-large", "Content Too Large", 413);
            case UNPROCESSABLE -> new ProblemKind("unprocessable", "Unprocessable Content", 422);
            case UPSTREAM_FAILED -> new ProblemKind("upstream-failed", "Bad Gateway", 502);
            case UNAVAILABLE -> new ProblemKind("unavailable", "Service Unavailable", 503);
            case TIMED_OUT -> new ProblemKind("timed-out", "Gateway Timeout", 504);
        };
    }
}
