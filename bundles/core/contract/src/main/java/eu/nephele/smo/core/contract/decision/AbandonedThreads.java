// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

/** Threads that strategies leave behind after their calls; for health checks. */
public interface AbandonedThreads {

    /**
     * Threads that ignore their interruption inside the code of a strategy, objective or handler. Only a restart ends
     * them.
     */
    int abandonedThreads();

    /** Limit of such threads; with more of them the process should be restarted. */
    int mostAbandonedThreads();
}
