// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.contract.store.InstanceStore;

/** What the owner of a database works with. */
record ChainServices(Tenure tenure, AuditStore store, InstanceStore instance, EventStore events) {}
