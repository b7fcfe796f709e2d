// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.io.IOException;
import java.io.Serial;

/** The worker was ended in the middle of a change because its server may not own its database any more. */
final class TenureEnded extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message who has ended it, and why */
    TenureEnded(String message) {
        super(message);
    }
}
