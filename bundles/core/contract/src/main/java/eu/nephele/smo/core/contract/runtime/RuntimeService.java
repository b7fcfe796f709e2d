// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.api.runtime.CallContext;

/** Tells what the server does right now. */
public interface RuntimeService {

    /** Computed at each call; nothing outside the process is asked, nor the database. */
    RuntimeReport report(CallContext call);
}
