// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.Serial;

/** The server has answered with a problem. */
public final class SmoProblemException extends SmoClientException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String call;

    // A copy of an exception in another process has no use for it.
    private final transient SmoProblem problem;

    /** @param call method and path */
    public SmoProblemException(String call, SmoProblem problem) {
        super("%s answered %d: %s".formatted(call, problem.status(), problem.detail()));
        this.call = call;
        this.problem = problem;
    }

    public String call() {
        return call;
    }

    public SmoProblem problem() {
        return problem;
    }

    public int status() {
        return problem.status();
    }
}
