// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

/** Hears who is ejected and who is let in again. Quick, on any thread. */
public interface EjectionListener {
    void ejected(Offer offer, String why);

    void letIn(Offer offer);
}
