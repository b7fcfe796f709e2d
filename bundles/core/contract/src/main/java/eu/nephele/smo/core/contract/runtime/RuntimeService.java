// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import eu.nephele.smo.api.runtime.CallContext;

/** Reports the present work of the server. */
public interface RuntimeService {

    /** Computed at each call; no outside system is called, nor the database. */
    RuntimeReport report(CallContext call);
}
