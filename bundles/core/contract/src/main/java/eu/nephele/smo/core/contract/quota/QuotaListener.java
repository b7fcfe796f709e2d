// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

/** A service that is told when a quota was changed: what waits for it may go on. */
public interface QuotaListener {

    /** @param project "" for the usual quota of all projects */
    void quotaChanged(String project);
}
