// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.html;

import eu.nephele.smo.api.runtime.CallContext;
import jakarta.servlet.http.HttpServletRequest;

/** Reads the caller from the request, as stored by the gate. */
public final class CallerReader {

    private CallerReader() {}

    public static CallContext from(HttpServletRequest request) {
        if (request.getAttribute(CallContext.PROPERTY) instanceof CallContext call) {
            return call;
        }
        throw new IllegalStateException("The request did not pass the gate");
    }
}
