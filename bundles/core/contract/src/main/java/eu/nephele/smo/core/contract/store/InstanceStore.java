// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

/** Facts about this installation. */
public interface InstanceStore {

    /** Id of this installation, made at first start and the same ever after; a UUID. */
    String instanceId();

    /** Returns whether the database answers now. */
    boolean reachable();
}
