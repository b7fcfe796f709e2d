// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TombstoneStore;

/**
 * Where the engine keeps what it must not forget.
 *
 * @param capacity memory of the ledger
 * @param installationId id of this installation, which everything outside is marked with
 */
public record Memory(
        GraphStore graphs,
        CapacityStore capacity,
        OperationStore operations,
        RevisionStore revisions,
        PlanStore plans,
        AlertStore alerts,
        ClusterStore clusters,
        TombstoneStore tombstones,
        String installationId) {}
