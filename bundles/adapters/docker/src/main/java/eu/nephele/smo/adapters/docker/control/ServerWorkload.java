// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.WorkloadRef;

/** A workload on one server. */
record ServerWorkload(ClusterId server, WorkloadRef workload) {}
