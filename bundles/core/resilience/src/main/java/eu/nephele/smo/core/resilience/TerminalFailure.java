// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.AdapterException;
import java.io.Serial;

/** The guard itself has decided how a call ends, and it is not repeated. Never leaves this bundle. */
final class TerminalFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    enum Why {
        SHUT,
        FULL,
        FAULT,
        LEFT,
        STANDBY,
        INTERRUPTED
    }

    private final Why why;
    private final transient AdapterException answer;

    TerminalFailure(Why why, AdapterException answer) {
        super(answer.getMessage(), answer, false, false);
        this.why = why;
        this.answer = answer;
    }

    Why why() {
        return why;
    }

    AdapterException answer() {
        return answer;
    }
}
