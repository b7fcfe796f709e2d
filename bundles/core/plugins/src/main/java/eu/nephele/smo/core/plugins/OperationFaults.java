// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import java.io.IOException;

final class OperationFaults {

    private OperationFaults() {}

    /** For unexpected failures: a defect, or a process without memory. */
    static Fault unexpected(Throwable failed) {
        return new Fault(
                Kind.UNAVAILABLE,
                "smo",
                failed instanceof RuntimeException && failed.getMessage() != null
                        ? failed.getMessage()
                        : failed.toString());
    }

    static Fault toFault(Exception failed) {
        return toFault("", failed);
    }

    static Fault toFault(String before, Exception failed) {
        String message = before + failed.getMessage();
        return failed instanceof IOException
                ? new Fault(Kind.UNAVAILABLE, "disk", message)
                : new Fault(Kind.UNPROCESSABLE, "plugin", message);
    }
}
