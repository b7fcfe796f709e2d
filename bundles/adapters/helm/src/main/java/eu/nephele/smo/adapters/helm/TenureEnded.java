// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.io.IOException;
import java.io.Serial;

/** The worker ended during a change because its server may no longer own its database. */
final class TenureEnded extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    TenureEnded(String message) {
        super(message);
    }
}
