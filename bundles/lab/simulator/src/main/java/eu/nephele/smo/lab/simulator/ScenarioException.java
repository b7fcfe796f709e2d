// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.io.Serial;

/** A scenario is not valid; the message names the file, the place in it and what was expected there. */
public final class ScenarioException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ScenarioException(String message) {
        super(message);
    }

    public ScenarioException(String message, Throwable cause) {
        super(message, cause);
    }
}
